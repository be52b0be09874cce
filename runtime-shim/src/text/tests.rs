//! Text against CPython.
mod cases;

use super::{PercentArgs, Str};
use crate::builtins;
use crate::error::PyResult;
use crate::number::Int;
use crate::object::{Object, str_};

fn shown<T: Object>(result: PyResult<T>) -> String {
    match result {
        Ok(value) => str_(&value).as_str().to_owned(),
        Err(error) => format!("{}: {error}", error.class().name()),
    }
}

fn check(wrong: &mut Vec<String>, what: String, got: String, expected: &str) {
    if got != expected {
        wrong.push(format!("{what}: {got:?}, CPython {expected:?}"));
    }
}

#[test]
fn specs() {
    let wrong = &mut Vec::new();
    for (value, spec, expected) in cases::FLOATS {
        check(wrong, format!("format({value:?}, {spec:?})"), shown(value.py_format(spec)), expected);
    }
    for (value, spec, expected) in cases::INTS {
        check(wrong, format!("format({value}, {spec:?})"), shown(Int::parse(value).py_format(spec)), expected);
    }
    for (value, spec, expected) in cases::STRS {
        check(wrong, format!("format({value:?}, {spec:?})"), shown(Str::from(*value).py_format(spec)), expected);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn percent(template: &'static str, args: &impl PercentArgs) -> String {
    shown(Str::from(template).percent(args))
}

#[test]
fn percents() {
    let wrong = &mut Vec::new();
    for (template, value, count, expected) in cases::PERCENT_INTS {
        let args: crate::tuple::VarTuple<i64> = std::iter::repeat_n(*value, *count).collect();
        check(wrong, format!("{template:?} % {value}"), percent(template, &args), expected);
    }
    for (template, value, expected) in cases::PERCENT_FLOATS {
        check(wrong, format!("{template:?} % {value:?}"), percent(template, &(*value,)), expected);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn method(text: &Str, name: &str) -> String {
    let text_of = |value: &dyn Object| str_(value).as_str().to_owned();
    match name {
        "upper" => text_of(&text.upper()),
        "lower" => text_of(&text.lower()),
        "title" => text_of(&text.title()),
        "capitalize" => text_of(&text.capitalize()),
        "swapcase" => text_of(&text.swapcase()),
        "casefold" => text_of(&text.casefold()),
        "strip" => text_of(&text.strip()),
        "isalpha" => text_of(&text.isalpha()),
        "isdigit" => text_of(&text.isdigit()),
        "isdecimal" => text_of(&text.isdecimal()),
        "isnumeric" => text_of(&text.isnumeric()),
        "isalnum" => text_of(&text.isalnum()),
        "isspace" => text_of(&text.isspace()),
        "isupper" => text_of(&text.isupper()),
        "islower" => text_of(&text.islower()),
        "istitle" => text_of(&text.istitle()),
        "isidentifier" => text_of(&text.isidentifier()),
        "isprintable" => text_of(&text.isprintable()),
        "split" => text_of(&text.split_words()),
        "rsplit" => text_of(&text.rsplit_words()),
        "splitlines" => text_of(&text.splitlines()),
        "__repr__" => crate::object::repr(text).as_str().to_owned(),
        "__len__" => text_of(&text.len()),
        _ => text_of(&text.expandtabs(8)),
    }
}

fn expression(t: &Str, expression: &str) -> String {
    let text_of = |value: &dyn Object| str_(value).as_str().to_owned();
    match expression {
        "t[::-1]" => shown(t.slice_step(None, None, Some(-1))),
        "t[1:-1]" => text_of(&t.slice(Some(1), Some(-1))),
        "t[::2]" => shown(t.slice_step(None, None, Some(2))),
        "t[-3:]" => text_of(&t.slice(Some(-3), None)),
        "t.find('l')" => text_of(&t.find_str("l")),
        "t.rfind('l')" => text_of(&t.rfind_str("l")),
        "t.find('',50)" => text_of(&t.find_str_in("", 50, i64::MAX)),
        "t.count('a')" => text_of(&t.count("a")),
        "t.count('')" => text_of(&t.count("")),
        "t.replace('a','bb',2)" => text_of(&t.replace_count("a", "bb", 2)),
        "t.replace('','-')" => text_of(&t.replace_str("", "-")),
        "t.center(15,'*')" => shown(t.center_with(15, "*")),
        "t.center(6)" => text_of(&t.center(6)),
        "t.zfill(6)" => text_of(&t.zfill(6)),
        "t.split(',')" => shown(t.split_str(",")),
        "t.rsplit(',',1)" => shown(t.rsplit_max(",", 1)),
        "t.split(None,1)" => text_of(&t.split_words_max(1)),
        "t.rsplit(None,1)" => text_of(&t.rsplit_words_max(1)),
        "t.partition(' ')" => shown(t.partition(" ")),
        "t.rpartition('l')" => shown(t.rpartition("l")),
        _ => text_of(&t.strip_chars(" a")),
    }
}

#[test]
fn methods() {
    let wrong = &mut Vec::new();
    for (text, name, expected) in cases::METHODS {
        check(wrong, format!("{text:?}.{name}()"), method(&Str::copy_of(text), name), expected);
    }
    for (text, code, expected) in cases::EXPRESSIONS {
        check(wrong, format!("{code}, t = {text:?}"), expression(&Str::copy_of(text), code), expected);
        check(wrong, format!("{code}, t = literal {text:?}"), expression(&Str::from(*text), code), expected);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn numbers() {
    let wrong = &mut Vec::new();
    for (value, digits, expected) in cases::ROUNDS {
        let got = shown(builtins::round_digits(*value, *digits));
        check(wrong, format!("round({value:?}, {digits})"), got, &str_(expected));
    }
    for (text, expected) in cases::INT_TEXTS {
        check(wrong, format!("int({text:?})"), shown(builtins::big_int(*text)), expected);
    }
    for (text, expected) in cases::FLOAT_TEXTS {
        check(wrong, format!("float({text:?})"), shown(builtins::float(*text)), expected);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn appending_is_linear() {
    let mut text = Str::new();
    for _ in 0..300_000 {
        text.push_str("ab");
    }
    assert_eq!(text.len(), 600_000);
    let text = Str::from("é".repeat(100_000));
    let all: i64 = (0..100_000).map(|at| text.get_item(at).map_or(0, |c| c.len())).sum();
    assert_eq!(all, 100_000);
}
