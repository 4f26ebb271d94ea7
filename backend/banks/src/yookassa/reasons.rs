//! Why a payment was cancelled: YooKassa tells a word of its own and nothing for a person to read.

/// The words for a reason, in the language of the bank's cabinet.
pub(super) fn words(reason: &str) -> Option<&'static str> {
    Some(match reason {
        "3d_secure_failed" => "не пройдена проверка 3-D Secure",
        "call_issuer" => "банк, выпустивший карту, отклонил платёж без объяснений",
        "canceled_by_merchant" => "платёж отменил магазин",
        "card_expired" => "истёк срок действия карты",
        "country_forbidden" => "карты этой страны не принимаются",
        "deal_expired" => "истёк срок сделки",
        "expired_on_capture" => "истёк срок списания удержанных денег",
        "expired_on_confirmation" => "клиент не оплатил вовремя",
        "fraud_suspected" => "подозрение на мошенничество",
        "general_decline" => "платёж отклонён, причина не названа",
        "identification_required" => "превышены лимиты кошелька, нужна идентификация",
        "insufficient_funds" => "недостаточно денег",
        "internal_timeout" => "технические неполадки у ЮKassa",
        "invalid_card_number" => "неверный номер карты",
        "invalid_csc" => "неверный код CVC",
        "issuer_unavailable" => "банк, выпустивший карту, недоступен",
        "payment_method_limit_exceeded" => "превышен лимит платежей этим способом",
        "payment_method_restricted" => "операции этим способом запрещены",
        "permission_revoked" => "клиент отозвал разрешение на списания",
        _ => return None,
    })
}
