//! Dicts against CPython.
use super::Dict;
use crate::number::Number;
use crate::object::repr;
use crate::text::Str;
use crate::value::Value;

#[test]
fn keeps_order_through_deletions() {
    let dict: Dict<i64, i64> = (0..1000).map(|n| (n, n * n)).collect();
    for n in (0..1000).filter(|n| n % 7 != 0) {
        assert!(dict.del_item(n).is_ok());
    }
    dict.set_item(7, -1);
    dict.set_item(5, 25);
    let keys: Vec<i64> = dict.unchecked().collect();
    let mut expected: Vec<i64> = (0..1000).filter(|n| n % 7 == 0).collect();
    expected.push(5);
    assert_eq!(keys, expected);
    assert_eq!(dict.get_item(7).ok(), Some(-1));
    assert_eq!(dict.popitem().ok(), Some((5, 25)));
    assert_eq!(dict.get(5), None);
}

#[test]
fn numbers_are_one_key() {
    let dict: Dict<Number, Str> = Dict::new();
    dict.set_item(Number::Int(1), "int".into());
    dict.set_item(Number::Float(1.0), "float".into());
    dict.set_item(Number::Bool(true), "bool".into());
    assert_eq!(repr(&dict), "{1: 'bool'}");
    let dict: Dict<Value, i64> = Dict::new();
    dict.set_item(1_i64.into(), 1);
    dict.set_item(1.0.into(), 2);
    dict.set_item((1_i64, "a").into(), 3);
    assert_eq!(repr(&dict), "{1: 2, (1, 'a'): 3}");
    assert_eq!(dict.get_item(&Value::from((1.0, "a"))).ok(), Some(3));
    let list: Value = crate::list::List::<Value>::new().into();
    assert_eq!(dict.get_item(&list).map_err(|e| e.to_string()), Err("unhashable type: 'list'".to_owned()));
}

#[test]
fn errors_and_views() {
    let dict: Dict<Str, i64> = Dict::from([("a".into(), 1), ("b".into(), 2)]);
    assert_eq!(dict.get_item("x").map_err(|e| format!("{e:?}")), Err("KeyError('x')".to_owned()));
    assert_eq!(repr(&dict.items()), "dict_items([('a', 1), ('b', 2)])");
    assert!(dict.keys() == dict.copy().keys() && dict.items() == dict.copy().items());
    let mut keys = dict.iter();
    assert!(keys.next().is_some());
    dict.set_item("c".into(), 3);
    let error = keys.next().and_then(Result::err).map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("dictionary changed size during iteration"));
    let backwards: Vec<Str> = dict.reversed().filter_map(Result::ok).collect();
    assert_eq!(backwards, ["c", "b", "a"]);
}

#[test]
fn deep_values_drop() {
    let mut value = Value::default();
    for _ in 0..200_000 {
        value = crate::list::List::from([value]).into();
    }
    drop(value);
}
