//! What CPython 3.13 gives.

use super::*;
use crate::prelude::*;

fn message<T>(result: PyResult<T>) -> String {
    result.err().map(|error| format!("{}: {error}", error.class().name())).unwrap_or_default()
}

#[test]
fn a_deque_has_two_ends() -> PyResult {
    let d = Deque::from_iterable(&List::from([1, 2, 3]))?;
    d.appendleft(0);
    d.append(4);
    assert_eq!(repr(&d), "deque([0, 1, 2, 3, 4])");
    assert_eq!((d.pop()?, d.popleft()?, d.get_item(-1)?), (4, 0, 3));
    d.rotate(1);
    assert_eq!(repr(&d), "deque([3, 1, 2])");
    d.rotate(-2);
    assert_eq!(repr(&d), "deque([2, 3, 1])");
    d.extendleft(&List::from([8, 9]))?;
    d.insert(1, 7)?;
    assert_eq!(repr(&d), "deque([9, 7, 8, 2, 3, 1])");
    d.remove(&8)?;
    d.reverse();
    assert_eq!((repr(&d).to_string(), d.index(&7)?, d.count(&9)?), ("deque([1, 3, 2, 7, 9])".to_owned(), 3, 1));
    assert_eq!(message(d.remove(&8)), "ValueError: deque.remove(x): x not in deque");
    assert_eq!(message(d.index(&8)), "ValueError: 8 is not in deque");
    assert_eq!(message(d.get_item(5)), "IndexError: deque index out of range");
    d.clear();
    assert_eq!(message(d.pop()), "IndexError: pop from an empty deque");
    Ok(())
}

#[test]
fn a_deque_with_a_length_drops_at_the_other_end() -> PyResult {
    let d = Deque::from_iterable_maxlen(&List::from([1, 2, 3, 4]), Some(3))?;
    assert_eq!(repr(&d), "deque([2, 3, 4], maxlen=3)");
    d.appendleft(9);
    assert_eq!(repr(&d), "deque([9, 2, 3], maxlen=3)");
    assert_eq!(message(d.insert(0, 1)), "IndexError: deque already at its maximum size");
    assert_eq!(message(Deque::<i64>::with_maxlen(Some(-1))), "ValueError: maxlen must be non-negative");
    let none = Deque::with_maxlen(Some(0))?;
    none.append(1);
    assert!(none.is_empty());
    Ok(())
}

#[test]
fn a_deque_that_changes_cannot_be_iterated() {
    let d: Deque<i64> = Deque::new();
    d.append(1);
    let mut items = d.iter();
    assert!(items.next().is_some_and(|item| item.is_ok()));
    d.append(2);
    let error = items.next().and_then(Result::err).map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("deque mutated during iteration"));
}

#[test]
fn a_counter_counts() -> PyResult {
    let c = Counter::from_iterable(&Str::from("abracadabra"))?;
    assert_eq!(repr(&c), "Counter({'a': 5, 'b': 2, 'r': 2, 'c': 1, 'd': 1})");
    assert_eq!(repr(&c.most_common(Some(2))), "[('a', 5), ('b', 2)]");
    assert_eq!((c.get_item(Str::from("z")), c.total(), c.len()), (0, 11, 5));
    let d = Counter::from_iterable(&Str::from("abc"))?;
    assert_eq!(repr(&c.minus(&d)), "Counter({'a': 4, 'r': 2, 'b': 1, 'd': 1})");
    assert_eq!(repr(&c.and(&d)), "Counter({'a': 1, 'b': 1, 'c': 1})");
    assert_eq!(repr(&d.plus(&d)), "Counter({'a': 2, 'b': 2, 'c': 2})");
    d.subtract(&Str::from("aab"))?;
    assert_eq!(repr(&d), "Counter({'c': 1, 'b': 0, 'a': -1})");
    assert_eq!(repr(&Counter::<i64>::new()), "Counter()");
    Ok(())
}

#[test]
fn a_defaultdict_makes_what_is_missing() -> PyResult {
    let d: DefaultDict<Str, List<i64>> = DefaultDict::new("<class 'list'>", || Ok(List::new()));
    d.get_item(&Str::from("a"))?.append(1);
    d.get_item(&Str::from("a"))?.append(2);
    assert_eq!(repr(&d), "defaultdict(<class 'list'>, {'a': [1, 2]})");
    assert!(d.get("b").is_none());
    assert_eq!(d.len(), 1);
    let plain: DefaultDict<i64, i64> = DefaultDict::without();
    assert_eq!(message(plain.get_item(&1)), "KeyError: 1");
    Ok(())
}

#[test]
fn an_ordered_dict_moves_its_items() -> PyResult {
    let d = OrderedDict::from_pairs(&List::from([(1, 'a'), (2, 'b'), (3, 'c')].map(|(k, v)| (k, Str::from(v)))))?;
    d.move_to_end(&1, true)?;
    d.move_to_end(&3, false)?;
    assert_eq!(repr(&d), "OrderedDict({3: 'c', 2: 'b', 1: 'a'})");
    assert_eq!(d.popitem(false)?.0, 3);
    assert_eq!(message(d.move_to_end(&9, true)), "KeyError: 9");
    assert_eq!(repr(&OrderedDict::<i64, i64>::new()), "OrderedDict()");
    Ok(())
}
