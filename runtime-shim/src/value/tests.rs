//! Values of any type against CPython.
use super::Value;
use crate::error::PyResult;
use crate::list::List;
use crate::number::Int;
use crate::object::{Compare, repr};
use crate::tuple::EmptyTuple;

fn shown(result: PyResult<Value>) -> String {
    match result {
        Ok(value) => repr(&value).as_str().to_owned(),
        Err(error) => format!("{}: {error}", error.class().name()),
    }
}

#[test]
fn operators() {
    let (one, two, text): (Value, Value, Value) = (1_i64.into(), 2.5.into(), "a".into());
    let big = Value::from(i64::MAX);
    assert_eq!(shown(one.py_add(&two)), "3.5");
    assert_eq!(shown(big.py_add(&one)), "9223372036854775808");
    assert_eq!(shown(text.py_mul(&3_i64.into())), "'aaa'");
    assert_eq!(shown(text.py_add(&one)), "TypeError: can only concatenate str (not \"int\") to str");
    assert_eq!(shown(one.py_add(&text)), "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
    assert_eq!(shown(one.py_truediv(&0_i64.into())), "ZeroDivisionError: division by zero");
    assert_eq!(shown(2_i64.pow_value(-1)), "0.5");
    assert_eq!(shown(text.neg()), "TypeError: bad operand type for unary -: 'str'");
    assert_eq!(shown(Value::from("%s-%d").py_mod(&("x", 3_i64).into())), "'x-3'");
    let refused = one.py_lt(&text).map_err(|error| error.to_string());
    assert_eq!(refused, Err("'<' not supported between instances of 'int' and 'str'".to_owned()));
    assert_eq!(big.py_lt(&Int::parse("9223372036854775808").into()).ok(), Some(true));
}

trait PowValue {
    fn pow_value(self, exponent: i64) -> PyResult<Value>;
}

impl PowValue for i64 {
    fn pow_value(self, exponent: i64) -> PyResult<Value> {
        Value::from(self).py_pow(&exponent.into())
    }
}

#[test]
fn items_and_methods() {
    let list: Value = List::<Value>::from([1_i64.into(), "b".into()]).into();
    assert_eq!(shown(list.call_method("append", &[Value::None])), "None");
    assert_eq!(shown(list.get_item(&Value::from(-1_i64))), "None");
    assert_eq!(shown(list.get_item(&"x".into())), "TypeError: list indices must be integers or slices, not str");
    assert_eq!(shown(list.call_method("pop", &[0_i64.into()])), "1");
    assert_eq!(shown(Ok(list.clone())), "['b', None]");
    assert_eq!(
        shown(Value::from("{} {0}").call_method("format", std::slice::from_ref(&list))),
        "ValueError: cannot switch from automatic field numbering to manual field specification"
    );
    assert_eq!(shown(Value::from("{:>4}|{!r}").call_method("format", &[7_i64.into(), "q".into()])), "\"   7|'q'\"");
    assert_eq!(shown(list.get_attr("x")), "AttributeError: 'list' object has no attribute 'x'");
    assert_eq!(shown(Value::from(EmptyTuple).call(&[])), "TypeError: 'tuple' object is not callable");
    assert_eq!(shown(Value::from(5_i64).iter().next()), "TypeError: 'int' object is not iterable");
}
