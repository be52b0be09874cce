//! What must hold of all values together.
use crate::prelude::*;

#[test]
fn sizes() {
    assert_eq!(size_of::<PyErr>(), 8);
    assert_eq!(size_of::<Str>(), 16);
    assert_eq!(size_of::<Bytes>(), 16);
    assert_eq!(size_of::<Int>(), 16);
    assert_eq!(size_of::<Number>(), 16);
    assert_eq!(size_of::<Value>(), 16);
    assert_eq!(size_of::<List<i64>>(), 8);
}

#[test]
fn text_of_values() {
    let list = List::from([1.0, 2.5, 1e16, f64::NAN, -0.0]);
    assert_eq!(repr(&list), "[1.0, 2.5, 1e+16, nan, -0.0]");
    assert_eq!(repr(&(1, Str::from("it's"), None::<i64>, true)), "(1, \"it's\", None, True)");
    assert_eq!(repr(&(List::from([EmptyTuple]),)), "([()],)");
    assert_eq!(format!("{:>6}|{:.2}|{}", py(&1.5), py(&2.0), py(&())), "   1.5|2.00|None");
    let own: List<Value> = List::new();
    own.append(own.clone().into());
    assert_eq!(repr(&own), "[[...]]");
    own.clear();
}
