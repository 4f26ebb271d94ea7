//! Names with the skew of real ones: a few that everybody has, some that one in 700 has, and many that hardly anybody has.

use super::chance::Chance;

/// Surnames that every tenth to every hundredth client has, with their share of a thousand: half of all rows.
pub const COMMON: [(&str, u64); 26] = [
    ("Иванов", 100),
    ("Смирнов", 50),
    ("Кузнецов", 50),
    ("Попов", 30),
    ("Васильев", 30),
    ("Петров", 30),
    ("Соколов", 20),
    ("Михайлов", 20),
    ("Новиков", 15),
    ("Фёдоров", 15),
    ("Морозов", 10),
    ("Волков", 10),
    ("Алексеев", 10),
    ("Лебедев", 10),
    ("Семёнов", 10),
    ("Егоров", 10),
    ("Павлов", 10),
    ("Козлов", 10),
    ("Степанов", 10),
    ("Николаев", 10),
    ("Орлов", 10),
    ("Андреев", 10),
    ("Макаров", 10),
    ("Никитин", 10),
    ("Захаров", 10),
    ("Зайцев", 10),
];

/// So many surnames have 1.5 of a thousand rows each.
pub const UNCOMMON: u64 = 128;

/// So many rows of a thousand have an uncommon one.
const UNCOMMON_SHARE: u64 = 192;

/// Rows that share a rare surname.
const ROWS_OF_A_RARE_ONE: u64 = 5;

const HEADS: [&str; 48] = [
    "Бара", "Бело", "Бере", "Боро", "Вере", "Вино", "Воро", "Гала", "Гере", "Голо", "Горо", "Гуля", "Даво",
    "Дерю", "Доро", "Дубо", "Ерё", "Жаво", "Жере", "Забо", "Заха", "Зело", "Каба", "Кала", "Кера", "Коло",
    "Коро", "Куде", "Лапо", "Лопу", "Мали", "Мере", "Моло", "Нази", "Наро", "Обо", "Пара", "Пере", "Поло",
    "Рако", "Ряби", "Само", "Сере", "Соло", "Тара", "Тере", "Хара", "Чере",
];
const MIDDLES: [&str; 40] = [
    "бан", "баш", "бед", "бит", "вал", "вид", "вод", "гай", "гов", "год", "дан", "дей", "дуб", "жан", "зон",
    "кал", "кин", "лаз", "лет", "лук", "май", "мет", "нег", "нос", "пал", "пей", "рог", "руд", "сад", "сей",
    "так", "тем", "тул", "фан", "ход", "цел", "чаг", "шан", "щеп", "яр",
];
const TAILS: [&str; 24] = [
    "аев",
    "аков",
    "алов",
    "анов",
    "арёв",
    "атов",
    "ашин",
    "ев",
    "еев",
    "елин",
    "енин",
    "еров",
    "етов",
    "ешин",
    "иков",
    "илов",
    "инин",
    "ихин",
    "ов",
    "овкин",
    "онин",
    "унов",
    "уров",
    "ягин",
];
const SECOND: [&str; 24] = [
    "", "ба", "ве", "го", "ди", "жу", "за", "ке", "ли", "мо", "ну", "ра", "се", "ти", "фо", "ха", "це", "чи",
    "шо", "щу", "ля", "ню", "ры", "ся",
];

const MEN: [&str; 16] = [
    "Александр",
    "Сергей",
    "Дмитрий",
    "Андрей",
    "Алексей",
    "Максим",
    "Евгений",
    "Иван",
    "Михаил",
    "Николай",
    "Владимир",
    "Артём",
    "Павел",
    "Роман",
    "Игорь",
    "Кирилл",
];
const WOMEN: [&str; 16] = [
    "Мария",
    "Анна",
    "Елена",
    "Ольга",
    "Наталья",
    "Татьяна",
    "Екатерина",
    "Ирина",
    "Светлана",
    "Юлия",
    "Анастасия",
    "Дарья",
    "Марина",
    "Людмила",
    "Ксения",
    "Вера",
];
const FATHERS: [&str; 12] = [
    "Александров",
    "Сергеев",
    "Дмитриев",
    "Андреев",
    "Алексеев",
    "Иванов",
    "Михайлов",
    "Николаев",
    "Петров",
    "Викторов",
    "Павлов",
    "Юрьев",
];

/// Full names are never one of these words alone.
pub(super) fn full(chance: &mut Chance, rows: u64) -> String {
    let surname = surname(chance, rows);
    let father = chance.one_of(&FATHERS);
    let (given, end, patronymic) = if chance.permille(550) {
        (chance.one_of(&WOMEN), "а", "на")
    } else {
        (chance.one_of(&MEN), "", "ич")
    };
    if chance.permille(700) {
        format!("{surname}{end} {given} {father}{patronymic}")
    } else {
        format!("{surname}{end} {given}")
    }
}

fn surname(chance: &mut Chance, rows: u64) -> String {
    let mut place = chance.below(1000);
    for (surname, share) in COMMON {
        if place < share {
            return surname.to_owned();
        }
        place -= share;
    }
    if place < UNCOMMON_SHARE {
        uncommon(chance.below(UNCOMMON))
    } else {
        rare(chance.below(rare_surnames(rows)))
    }
}

/// How many rare surnames a journal of so many rows has.
fn rare_surnames(rows: u64) -> u64 {
    let common: u64 = COMMON.iter().map(|(_, share)| share).sum();
    let rare = 1000 - common - UNCOMMON_SHARE;
    (rows / 1000 * rare / ROWS_OF_A_RARE_ONE).max(1)
}

/// The nth uncommon surname.
#[must_use]
pub fn uncommon(nth: u64) -> String {
    // Of two parts only, so that none of them is a rare one.
    let (head, rest) = (pick(&HEADS, nth), nth / HEADS.len() as u64);
    format!(
        "{head}{}ский",
        pick(&MIDDLES, nth.wrapping_mul(7).wrapping_add(rest))
    )
}

/// The nth rare surname; a million of them differ.
#[must_use]
pub fn rare(nth: u64) -> String {
    let all = (HEADS.len() * SECOND.len() * MIDDLES.len() * TAILS.len()) as u64;
    // Far from one another in the list, so that neighbours do not look alike.
    let mut place = nth.wrapping_mul(610_639) % all;
    let mut part = |parts: &'static [&'static str]| {
        let count = parts.len() as u64;
        let one = pick(parts, place);
        place /= count;
        one
    };
    let (head, second, middle, tail) = (part(&HEADS), part(&SECOND), part(&MIDDLES), part(&TAILS));
    format!("{head}{second}{middle}{tail}")
}

fn pick(parts: &'static [&'static str], nth: u64) -> &'static str {
    parts[usize::try_from(nth % parts.len() as u64).unwrap_or(0)]
}
