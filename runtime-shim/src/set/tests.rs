//! Sets against CPython.
use super::cases::{HISTORIES, OPERATIONS};
use super::{FrozenSet, Set};
use crate::number::Int;
use crate::object::{Key, repr};
use crate::text::Str;

#[test]
fn order_after_adding_discarding_and_popping() {
    for (history, expected) in HISTORIES {
        let set = Set::new();
        for &(operation, item) in *history {
            match operation {
                'a' => set.add(item),
                'd' => set.discard(item),
                _ => {
                    let _ = set.pop();
                }
            }
        }
        assert_eq!(set.to_vec(), *expected);
    }
}

#[test]
fn order_of_operations() {
    for (a, b, [union, intersection, difference, symmetric, union_of_list, difference_of_list]) in OPERATIONS {
        let (a, b): (Set<i64>, Set<i64>) = (a.iter().copied().collect(), b.iter().copied().collect());
        let list = crate::list::List::from(
            OPERATIONS
                .iter()
                .find(|case| b == case.1.iter().copied().collect::<Set<i64>>())
                .map(|case| case.1.to_vec())
                .unwrap_or_default(),
        );
        assert_eq!(a.union_set(&b).to_vec(), *union);
        assert_eq!(a.intersection_set(&b).to_vec(), *intersection);
        assert_eq!(a.difference_set(&b).to_vec(), *difference);
        assert_eq!(a.symmetric_difference_set(&b).to_vec(), *symmetric);
        assert_eq!(a.union(&list).map(|set| set.to_vec()).ok().as_deref(), Some(*union_of_list));
        assert_eq!(a.difference(&list).map(|set| set.to_vec()).ok().as_deref(), Some(*difference_of_list));
    }
}

#[test]
fn text_and_hash() {
    assert_eq!(repr(&Set::from([3, 1, 2])), "{1, 2, 3}");
    assert_eq!(repr(&Set::<i64>::new()), "set()");
    assert_eq!(repr(&FrozenSet::from([1.5, 0.25])), "frozenset({0.25, 1.5})");
    assert_eq!(repr(&Set::literal([20, 3, 5, 6, 7])), "{3, 20, 5, 6, 7}");
    assert_eq!(FrozenSet::from([1, 2, 3]).py_hash().ok(), Some(-272375401224217160));
    assert_eq!((1_i64, 2_i64).py_hash().ok(), Some(-3_550_055_125_485_641_917));
    assert_eq!(1.5_f64.py_hash().ok(), Some(1_152_921_504_606_846_977));
    assert_eq!(Int::parse("1180591620717411303424").py_hash().ok(), Some(512));
    assert_eq!(((), Some(1_i64), true).py_hash().ok(), Some(5147584003805852599));
}

#[test]
fn changed_meanwhile() {
    let set = Set::from([1, 2, 3]);
    let mut items = set.iter();
    assert!(matches!(items.next(), Some(Ok(1))));
    set.add(4);
    let error = items.next().and_then(Result::err).map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("Set changed size during iteration"));
    let words: Set<Str> = ["a", "b"].into_iter().map(Str::from).collect();
    assert!(words.contains("a") && !words.contains("c"));
}
