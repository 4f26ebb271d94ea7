//! What every page is wrapped in.

use actix_web::HttpResponse;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f3f5f7;color:#1b2733}main{max-width:960px;margin:2rem auto;padding:0 1rem}\
.card{background:#fff;border:1px solid #dde3e8;border-radius:12px;padding:1.5rem;margin-bottom:1.5rem}.narrow{max-width:440px;margin:0 auto}\
h1{font-size:1.4rem;margin:0 0 .75rem}h2{font-size:1.1rem;margin:0 0 .75rem}.sum{font-size:2rem;font-weight:600;margin:.5rem 0}\
.muted{color:#5c6b78;font-size:.9rem}.note{background:#fff4d6;border-radius:8px;padding:.6rem .8rem}\
button{font:inherit;padding:.55rem 1rem;border-radius:8px;border:1px solid #b8c4ce;background:#fff;cursor:pointer;margin:.25rem .25rem 0 0}\
button.main{background:#18703c;border-color:#18703c;color:#fff;width:100%;padding:.8rem}button.on{background:#a3261b;border-color:#a3261b;color:#fff}\
label{display:block;margin:.35rem 0}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.35rem .5rem;border-bottom:1px solid #e8edf1;font-size:.92rem}\
form.row{display:inline}input[type=text]{font:inherit;padding:.4rem;border:1px solid #b8c4ce;border-radius:8px;width:10rem}";

/// Text that may stand in HTML or XML.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A page that says one thing.
pub(crate) fn notice(title: &str, words: &str) -> HttpResponse {
    let inner = format!(
        "<div class=\"card narrow\"><h1>{}</h1><p>{}</p></div>",
        escape(title),
        escape(words)
    );
    page(title, &inner)
}

/// A page with this inside.
pub(crate) fn page(title: &str, inner: &str) -> HttpResponse {
    let title = escape(title);
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(format!(
        "<!doctype html><html lang=\"ru\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head><body><main>{inner}</main></body></html>"
    ))
}
