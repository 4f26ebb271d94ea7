//! What an operator types, and what it finds.

use super::*;

fn text() -> String {
    search_text(Searchable {
        name: "Иванова-Пётрова  Мария",
        phone: Some("+79161234567"),
        email: Some("M.Ivanova@Example.ru"),
        order_number: "A-10452",
        bank_order_id: Some("B8D7-AA"),
        rrn: Some("430012345678"),
    })
}

fn found(typed: &str) -> bool {
    let text = text();
    readings(typed)
        .iter()
        .any(|terms| terms.iter().all(|term| text.contains(term.as_str())))
}

#[test]
fn the_search_text_is_folded() {
    assert_eq!(
        text(),
        "иванова-петрова мария 79161234567 m.ivanova@example.ru a-10452 b8d7-aa 430012345678"
    );
}

#[test]
fn a_client_is_found_however_the_name_is_typed() {
    for typed in [
        "Иванова",
        "ИВАНОВА мария",
        "мария пётрова",
        "Bdfyjdf",
        "Ivanova",
        "ivanova mariya",
        "ива",
    ] {
        assert!(found(typed), "{typed}: {:?}", readings(typed));
    }
    assert!(!found("Сидорова"));
}

#[test]
fn a_client_is_found_by_the_phone_in_any_spelling_and_by_its_last_digits() {
    for typed in [
        "+7 916 123-45-67",
        "8 (916) 123-45-67",
        "89161234567",
        "9161234567",
        "4567",
        "45 67",
        "123-45-67",
    ] {
        assert!(found(typed), "{typed}: {:?}", readings(typed));
    }
    assert!(!found("0000"));
}

#[test]
fn an_order_is_found_by_its_numbers() {
    for typed in [
        "A-10452",
        "a-10452",
        "10452",
        "b8d7-aa",
        "430012345678",
        "m.ivanova@example.ru",
    ] {
        assert!(found(typed), "{typed}");
    }
}

#[test]
fn a_text_without_letters_and_digits_means_nothing() {
    assert!(readings(" -- ").is_empty());
    assert!(readings("").is_empty());
}

/// Whether a text is found in the search text of the parts.
fn finds(parts: Searchable<'_>, typed: &str) -> bool {
    let text = search_text(parts);
    readings(typed)
        .iter()
        .any(|terms| terms.iter().all(|term| text.contains(term.as_str())))
}

fn named(name: &str) -> Searchable<'_> {
    Searchable {
        name,
        ..Searchable::default()
    }
}

#[test]
fn yo_is_ye_on_both_sides_and_in_either_form() {
    for typed in ["Королёв", "королев", "КОРОЛЁВ", "короле\u{308}в", "Rjhjk`d"] {
        assert!(
            finds(named("Королёв Пётр"), typed),
            "{typed}: {:?}",
            readings(typed)
        );
    }
    assert!(finds(named("Сергеи\u{306} Андреев"), "сергей"));
}

#[test]
fn marks_that_are_letters_in_the_other_layout_are_read_as_letters() {
    for (name, typed) in [
        ("Жуков Илья", ";erjd"),
        ("Хабаров Илья", "[f,fhjd"),
        ("Юдин Эдуард", ".lby \'lefhl"),
        ("Бабаев Олег", "<f,ftd"),
    ] {
        assert!(finds(named(name), typed), "{typed}: {:?}", readings(typed));
    }
}

#[test]
fn a_reading_that_lost_its_letters_does_not_find_strangers() {
    let stranger = Searchable {
        name: "Ким Олег",
        email: Some("kim@mail.kz"),
        ..Searchable::default()
    };
    assert!(!finds(stranger, "Юля"), "{:?}", readings("Юля"));
}

#[test]
fn a_name_and_a_number_are_looked_for_together() {
    for typed in [
        "Иванова 4567",
        "Иванова 89161234567",
        "Иванова +7 (916) 123-45-67",
        "8 916 123-45-67 мария",
        "Bdfyjdf 4567",
        "Иванова 10452",
        "Ф-10452",
        "b8d7 Мария",
    ] {
        assert!(found(typed), "{typed}: {:?}", readings(typed));
    }
    assert!(!found("Сидорова 4567"));
    assert!(!found("Иванова 0000"));
}

#[test]
fn a_phone_is_found_with_any_signs_and_from_its_beginning() {
    for typed in [
        "8 916 123-45-67",
        "8 916",
        "8(916)12",
        "+7 916 123",
        "+7(916)123\u{2011}45\u{2011}67",
        "\u{a0}+7\u{a0}916\u{202f}123\u{2013}45\u{2013}67\u{a0}",
        "\u{202a}+79161234567\u{202c}",
        "4567",
        "67",
    ] {
        assert!(found(typed), "{typed}: {:?}", readings(typed));
    }
    assert_eq!(readings("4567"), [["4567"]]);
    assert_eq!(readings("8 916 123-45-67"), [["9161234567"]]);
}

#[test]
fn an_order_number_of_digits_and_hyphens_is_not_only_a_phone() {
    let order = Searchable {
        order_number: "2024-1234567",
        ..Searchable::default()
    };
    assert!(finds(order, "2024-1234567"));
    assert!(finds(order, "2024\u{2011}1234567"));
    assert!(finds(order, "1234567"));
}

#[test]
fn hyphens_are_alike_and_invisible_characters_are_nothing() {
    assert_eq!(fold("Иванова\u{2011}Петрова"), "иванова-петрова");
    assert_eq!(fold("Ива\u{ad}но\u{200b}ва"), "иванова");
    assert_eq!(fold("  A_1 -- .b. (C) "), "a_1 b c");
    assert_eq!(
        fold(&fold("Ёлка\u{a0}—\u{a0}Пётр")),
        fold("Ёлка\u{a0}—\u{a0}Пётр")
    );
}

#[test]
fn only_marks_mean_nothing_in_any_layout() {
    for typed in [",", "...", "[];'", "+", "( )", "\u{200b}", "—", "`"] {
        assert!(readings(typed).is_empty(), "{typed}: {:?}", readings(typed));
    }
}

#[test]
fn a_very_long_text_is_cut() {
    for typed in ["и".repeat(100_000), "1".repeat(100_000), "ж ".repeat(100_000)] {
        for reading in readings(&typed) {
            // The longest a letter becomes in the other alphabet is four.
            assert!(reading.iter().map(|term| term.chars().count()).sum::<usize>() <= 4 * MAX_QUERY);
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_is_read_without_a_panic_and_folding_twice_is_folding_once(typed in ".{0,60}") {
        let _ = readings(&typed);
        proptest::prop_assert_eq!(fold(&fold(&typed)), fold(&typed));
    }

    #[test]
    fn every_term_is_looked_for_as_it_is_stored(typed in "[a-zA-Zа-яёА-ЯЁ0-9 .,;@+()-]{0,40}") {
        for term in readings(&typed).concat() {
            proptest::prop_assert_eq!(fold(&term), term);
        }
    }
}
