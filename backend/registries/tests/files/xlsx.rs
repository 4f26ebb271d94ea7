//! A spreadsheet, made here part by part: numbers, shared texts, inline texts and a date.

use std::io::Write as _;

use zip::write::SimpleFileOptions;

use crate::common::{preview, read, short};

const PARTS: [(&str, &str); 6] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Реестр" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>"#,
    ),
    (
        "xl/worksheets/sheet1.xml",
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>Номер заказа</t></is></c><c r="B1" t="inlineStr"><is><t>Дата операции</t></is></c><c r="C1" t="inlineStr"><is><t>Сумма операции</t></is></c></row>
        <row r="3"><c r="A3"><v>10452</v></c><c r="B3" s="1"><v>46350.4687731481</v></c><c r="C3"><v>4500.5</v></c></row>
        </sheetData></worksheet>"#,
    ),
];

fn spreadsheet() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in PARTS {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_spreadsheet_is_read_as_people_see_it() {
    let bytes = spreadsheet();
    let shown = preview(&bytes, None);
    assert_eq!(shown.columns, ["Номер заказа", "Дата операции", "Сумма операции"]);
    assert_eq!(shown.rows, [["10452", "2026-11-24 11:15:02", "4500.50"]]);
    let (_, lines, _) = read(&bytes, shown.guess.as_ref()).unwrap();
    assert_eq!(lines[0].0, 3);
    assert_eq!(
        short(&lines[0].1),
        "payment -/10452/- 450050 - 2026-11-24T08:15:02Z"
    );
}
