//! What CPython 3.13 gives.

use super::*;
use crate::iter::Iterable;
use crate::list::List;

fn show<T: Object + Clone + 'static>(items: &Iter<T>) -> String {
    let items: PyResult<Vec<T>> = items.items().collect();
    match items {
        Ok(items) => repr(&List::from(items)).to_string(),
        Err(error) => format!("{}: {error}", error.class().name()),
    }
}

fn first<T: Object + Clone + 'static>(items: &Iter<T>, count: i64) -> PyResult<String> {
    Ok(show(&islice(items, Some(count))?))
}

fn range(stop: i64) -> List<i64> {
    (0..stop).collect()
}

#[test]
fn endless_iterators() -> PyResult {
    assert_eq!(first(&count(10, -3), 4)?, "[10, 7, 4, 1]");
    assert_eq!(first(&count_float(0.5, 0.25), 3)?, "[0.5, 0.75, 1.0]");
    assert_eq!(first(&cycle(&Str::from("ab")), 5)?, "['a', 'b', 'a', 'b', 'a']");
    assert_eq!(show(&cycle(&range(0))), "[]");
    assert_eq!(show(&repeat((), 3)), "[None, None, None]");
    assert_eq!(show(&repeat(1, -2)), "[]");
    assert_eq!(first(&repeat_forever(7), 2)?, "[7, 7]");
    Ok(())
}

#[test]
fn islice_takes_no_more_than_it_needs() -> PyResult {
    let source = count(0, 1);
    assert_eq!(show(&islice_from(&source, Some(2), Some(9), Some(3))?), "[2, 5, 8]");
    assert_eq!(source.next()?, 9);
    assert_eq!(show(&islice(&range(3), Some(0))?), "[]");
    assert_eq!(show(&islice_from(&range(5), Some(3), None, None)?), "[3, 4]");
    let refused = islice(&range(3), Some(-1)).err().map(|error| error.to_string());
    let message = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    assert_eq!(refused.as_deref(), Some(message));
    let refused = islice_from(&range(3), None, None, Some(0)).err().map(|error| error.to_string());
    assert_eq!(refused.as_deref(), Some("Step for islice() must be a positive integer or None."));
    Ok(())
}

#[test]
fn selecting() {
    let xs = List::from([1, 4, 6, 3, 8]);
    assert_eq!(show(&takewhile(|x| Ok(x < 5), &xs)), "[1, 4]");
    assert_eq!(show(&dropwhile(|x| Ok(x < 5), &xs)), "[6, 3, 8]");
    assert_eq!(show(&filterfalse(|x: i64| Ok(x % 2), &xs)), "[4, 6, 8]");
    assert_eq!(show(&filterfalse_true(&List::from([0, 1, 0]))), "[0, 0]");
    assert_eq!(show(&compress(&Str::from("ABCDEF"), &List::from([1, 0, 1, 0, 1, 1]))), "['A', 'C', 'E', 'F']");
    let fails = |_: i64| Err::<bool, _>(ValueError::new("no"));
    assert_eq!(show(&takewhile(fails, &xs)), "ValueError: no");
}

#[test]
fn accumulating_and_mapping() {
    let xs = List::from([1, 2, 3]);
    assert_eq!(show(&accumulate(&xs)), "[1, 3, 6]");
    assert_eq!(show(&accumulate_str(&Str::from("abc"))), "['a', 'ab', 'abc']");
    assert_eq!(show(&accumulate_by(&xs, |a, b| Ok(a * 10 + b))), "[1, 12, 123]");
    assert_eq!(show(&accumulate_from(&xs, |a: i64, b: i64| Ok(a + b), 100)), "[100, 101, 103, 106]");
    assert_eq!(show(&starmap2(|a: i64, b: i64| Ok(a - b), &List::from([(5, 2), (1, 1)]))), "[3, 0]");
}

#[test]
fn joining() {
    let (xs, letters) = (range(2), Str::from("abc"));
    assert_eq!(show(&chain2(&xs, &List::from([9]))), "[0, 1, 9]");
    assert_eq!(show(&from_iterable(&List::from([range(2), range(1)]))), "[0, 1, 0]");
    assert_eq!(show(&zip_longest2(&xs, &letters)), "[(0, 'a'), (1, 'b'), (None, 'c')]");
    assert_eq!(
        show(&zip_longest2_fill(&letters, &Str::from("x"), Str::from("-"))),
        "[('a', 'x'), ('b', '-'), ('c', '-')]"
    );
}

#[test]
fn grouping() -> PyResult {
    let groups = groupby(&Str::from("AAABBA"));
    let shown: PyResult<Vec<String>> =
        groups.map(|group| group.map(|(key, items)| format!("{key}{}", items.count()))).collect();
    assert_eq!(shown?, ["A3", "B2", "A1"]);
    // A group is empty once the next one was asked for.
    let groups = groupby_key(&range(6), |x| Ok(x / 2));
    let (_, first_group) = groups.next()?;
    let (key, second_group) = groups.next()?;
    assert_eq!((key, show(&first_group), show(&second_group)), (1, "[]".to_owned(), "[2, 3]".to_owned()));
    assert_eq!(show(&pairwise(&range(4))), "[(0, 1), (1, 2), (2, 3)]");
    assert_eq!(show(&pairwise(&range(1))), "[]");
    assert_eq!(show(&batched(&range(5), 2, false)?), "[(0, 1), (2, 3), (4,)]");
    assert_eq!(show(&batched(&range(5), 2, true)?), "ValueError: batched(): incomplete batch");
    let (a, b) = tee(&count(1, 1));
    assert_eq!((a.next()?, a.next()?, b.next()?, b.next()?, b.next()?, a.next()?), (1, 2, 1, 2, 3, 3));
    Ok(())
}

#[test]
fn combinatorics() -> PyResult {
    let abc = Str::from("ABC");
    assert_eq!(show(&product2(&range(2), &Str::from("ab"))?), "[(0, 'a'), (0, 'b'), (1, 'a'), (1, 'b')]");
    assert_eq!(show(&product_repeat(&range(2), 2)?), "[(0, 0), (0, 1), (1, 0), (1, 1)]");
    assert_eq!(show(&product_repeat(&range(0), 0)?), "[()]");
    assert_eq!(show(&product2(&range(0), &abc)?), "[]");
    assert_eq!(
        show(&permutations_of(&abc, 2)?),
        "[('A', 'B'), ('A', 'C'), ('B', 'A'), ('B', 'C'), ('C', 'A'), ('C', 'B')]"
    );
    assert_eq!(show(&permutations(&range(3))?), "[(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]");
    assert_eq!(show(&permutations_of(&range(2), 3)?), "[]");
    assert_eq!(show(&combinations(&abc, 2)?), "[('A', 'B'), ('A', 'C'), ('B', 'C')]");
    assert_eq!(show(&combinations(&abc, 0)?), "[()]");
    assert_eq!(show(&combinations(&abc, 4)?), "[]");
    assert_eq!(show(&combinations_with_replacement(&range(2), 2)?), "[(0, 0), (0, 1), (1, 1)]");
    let refused = combinations(&abc, -1).err().map(|error| error.to_string());
    assert_eq!(refused.as_deref(), Some("r must be non-negative"));
    Ok(())
}
