//! Tables that CPython 3.13 printed.

use super::*;

fn alone() -> std::sync::MutexGuard<'static, ()> {
    // The module's generator is one for all tests.
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn items<T: Clone + 'static>(list: &List<T>) -> Vec<T> {
    list.to_vec()
}

fn message<T>(result: PyResult<T>) -> String {
    result.err().map(|error| format!("{}: {error}", error.class().name())).unwrap_or_default()
}

#[test]
fn seeds_are_cpythons() {
    let _alone = alone();
    seed(444);
    assert_eq!([random(), random(), random()], [0.3088946587429545, 0.01323751590501987, 0.4844375347808497], "int");
    seed(0);
    assert_eq!([random(), random(), random()], [0.8444218515250481, 0.7579544029403025, 0.420571580830845], "zero");
    seed(-5);
    assert_eq!(
        [random(), random(), random()],
        [0.6229016948897019, 0.7417869892607294, 0.7951935655656966],
        "negative"
    );
    seed(1_099_511_627_783);
    assert_eq!(
        [random(), random(), random()],
        [0.6137037779936511, 0.8149162973309487, 0.9450115087592873],
        "two words"
    );
    seed(1.5);
    assert_eq!([random(), random(), random()], [0.551763726942059, 0.2560930858958398, 0.583340633280344], "float");
    seed(-1.5);
    assert_eq!(
        [random(), random(), random()],
        [0.7101153317194698, 0.0007908885101512997, 0.9725187281079903],
        "negative float"
    );
    seed(0.1);
    assert_eq!(
        [random(), random(), random()],
        [0.8062579873336703, 0.13830284746959753, 0.4314881163611446],
        "fraction"
    );
    seed("");
    assert_eq!(
        [random(), random(), random()],
        [0.9602256525641875, 0.595411957851699, 0.3880117152955401],
        "empty text"
    );
    seed("hello");
    assert_eq!([random(), random(), random()], [0.3537754404730722, 0.6631985810268619, 0.5476053663383964], "text");
    seed("ünï");
    assert_eq!(
        [random(), random(), random()],
        [0.5478195217262046, 0.8394462126212977, 0.8284197421811876],
        "other text"
    );
    seed(&b"\x00ab"[..]);
    assert_eq!([random(), random(), random()], [0.005033193674352954, 0.9744873049542335, 0.8373447063870225], "bytes");
    seed(true);
    assert_eq!([random(), random(), random()], [0.13436424411240122, 0.8474337369372327, 0.763774618976614], "bool");
    seed(Int::parse("10000000000000000000000000000000000000000"));
    assert_eq!(
        [random(), random(), random()],
        [0.34753796566513817, 0.7605339873511711, 0.19665955929032608],
        "big int"
    );
}

#[test]
fn numbers_are_cpythons() -> PyResult {
    let _alone = alone();
    seed(444);
    assert_eq!(randint(0, 10)?, 4);
    assert_eq!(randint(0, 10)?, 4);
    assert_eq!(randint(0, 10)?, 0);
    assert_eq!(randint(0, 10)?, 4);
    assert_eq!(randint(0, 10)?, 7);
    assert_eq!(randint(0, 10)?, 4);
    seed(1);
    assert_eq!(randint(-5, 5)?, -3);
    assert_eq!(randint(0, 1 << 40)?, 558616790225);
    assert_eq!(randint(i64::MIN, i64::MAX)?, 5326005833764337302);
    assert_eq!(randrange(10)?, 1);
    assert_eq!(randrange_from(3, 30)?, 18);
    assert_eq!(randrange_step(0, 100, 7)?, 0);
    assert_eq!(randrange_step(100, 0, -9)?, 46);
    assert_eq!(getrandbits(0)?, 0);
    assert_eq!(getrandbits(7)?, 55);
    assert_eq!(getrandbits(32)?, 2608926326);
    assert_eq!(getrandbits(40)?, 845087558021);
    assert_eq!(getrandbits(200)?.to_string(), "369105046353227212249915401108758045467048188531516180661670");
    assert_eq!(&*randbytes(7)?, [193, 212, 85, 151, 66, 253, 241]);
    seed(7);
    assert_eq!(uniform(1.0, 10.0), 3.9144948834984614);
    assert_eq!(triangular(0.0, 1.0, None), 0.27463537092343177);
    assert_eq!(triangular(1.0, 5.0, Some(2.0)), 2.953347532305068);
    assert_eq!(triangular(2.0, 2.0, Some(2.0)), 2.0);
    assert_eq!(normalvariate(0.0, 1.0), 0.0970447726200016);
    assert_eq!(gauss(0.0, 1.0), 1.1119173809863208);
    assert_eq!(gauss(5.0, 2.0), 5.8482933682518725);
    assert_eq!(gauss(0.0, 1.0), 1.0368790788896665);
    assert_eq!(lognormvariate(0.0, 1.0)?, 0.4733810774702023);
    assert_eq!(expovariate(1.5)?, 0.08810876123275489);
    assert_eq!(vonmisesvariate(1.0, 4.0), 1.1820308836037767);
    assert_eq!(vonmisesvariate(1.0, 0.0), 3.6260447674834833);
    assert_eq!(gammavariate(2.5, 1.0)?, 2.0271539428291714);
    assert_eq!(gammavariate(1.0, 2.0)?, 0.09540514092516371);
    assert_eq!(gammavariate(0.4, 2.0)?, 1.924833015076293);
    assert_eq!(betavariate(2.0, 3.0)?, 0.25495251977697275);
    assert_eq!(paretovariate(3.0)?, 1.0687029534747112);
    assert_eq!(weibullvariate(1.0, 1.5)?, 0.9122580618262521);
    assert_eq!(binomialvariate(10, 0.3)?, 3);
    assert_eq!(binomialvariate(1000, 0.6)?, 631);
    assert_eq!(binomialvariate(1, 0.3)?, 0);
    seed(8);
    assert_eq!(uniform(1.0, 10.0), 3.0403527344294394);
    assert_eq!(triangular(0.0, 1.0, None), 0.8626956589076347);
    assert_eq!(triangular(1.0, 5.0, Some(2.0)), 1.710861164084407);
    assert_eq!(triangular(2.0, 2.0, Some(2.0)), 2.0);
    assert_eq!(normalvariate(0.0, 1.0), -0.945608487547496);
    assert_eq!(gauss(0.0, 1.0), 0.6854970289777165);
    assert_eq!(gauss(5.0, 2.0), 4.992492978558224);
    assert_eq!(gauss(0.0, 1.0), -0.696620716759253);
    assert_eq!(lognormvariate(0.0, 1.0)?, 0.8528192570950455);
    assert_eq!(expovariate(1.5)?, 0.14231930474985197);
    assert_eq!(vonmisesvariate(1.0, 4.0), 5.801085798363862);
    assert_eq!(vonmisesvariate(1.0, 0.0), 0.12560908153910044);
    assert_eq!(gammavariate(2.5, 1.0)?, 1.5079452428853775);
    assert_eq!(gammavariate(1.0, 2.0)?, 4.64688828461225);
    assert_eq!(gammavariate(0.4, 2.0)?, 0.24939989433480597);
    assert_eq!(betavariate(2.0, 3.0)?, 0.5479290719921412);
    assert_eq!(paretovariate(3.0)?, 1.1709858813431602);
    assert_eq!(weibullvariate(1.0, 1.5)?, 1.0534861638042108);
    assert_eq!(binomialvariate(10, 0.3)?, 4);
    assert_eq!(binomialvariate(1000, 0.6)?, 596);
    assert_eq!(binomialvariate(1, 0.3)?, 1);
    let xs = List::from([10, 20, 30, 40, 50]);
    let big: List<i64> = (0..10_000).collect();
    seed(9);
    assert_eq!(choice(&xs)?, 40);
    assert_eq!(choice("abc")?, "c");
    assert_eq!(items(&choices(&xs, 6)?), [20, 10, 50, 10, 30, 50]);
    assert_eq!(items(&choices_weighted(&xs, &List::from([1.0, 2.0, 3.0, 4.0, 5.0]), 6)?), [20, 40, 40, 10, 30, 50]);
    assert_eq!(items(&choices_cumulative("abc", &List::from([1.0, 5.0, 9.0]), 4)?), ["b", "c", "b", "b"]);
    assert_eq!(items(&sample(&xs, 3)?), [10, 20, 30]);
    assert_eq!(items(&sample(&big, 8)?), [9673, 1037, 6285, 1665, 4770, 3358, 3674, 6910]);
    assert_eq!(items(&sample_counts(&List::from([1, 2]), 3, &List::from([2, 3]))?), [1, 2, 2]);
    seed(11);
    let deck: List<i64> = (0..10).collect();
    shuffle(&deck)?;
    assert_eq!(items(&deck), [2, 6, 0, 1, 5, 4, 3, 9, 8, 7]);
    Ok(())
}

#[test]
fn generators_of_their_own_are_alone() -> PyResult {
    let own = Random::new(42);
    assert_eq!(own.random(), 0.6394267984578837);
    assert_eq!(own.randint(1, 100)?, 4);
    assert_eq!(own.choice("xyz")?, "z");
    let system = Random::system();
    assert!((0..100).all(|_| (0.0..1.0).contains(&system.random())));
    assert!(system.randint(3, 4)? <= 4);
    Ok(())
}

#[test]
fn errors_are_cpythons() {
    let empty: List<i64> = List::new();
    assert_eq!(message(choice(&empty)), "IndexError: Cannot choose from an empty sequence");
    assert_eq!(message(randint(5, 1)), "ValueError: empty range in randrange(5, 2)");
    assert_eq!(message(randrange(0)), "ValueError: empty range for randrange()");
    assert_eq!(message(randrange_step(1, 2, 0)), "ValueError: zero step for randrange()");
    assert_eq!(message(randrange_step(5, 1, 2)), "ValueError: empty range in randrange(5, 1, 2)");
    assert_eq!(message(sample(&empty, 1)), "ValueError: Sample larger than population or is negative");
    assert_eq!(message(getrandbits(-1)), "ValueError: number of bits must be non-negative");
    assert_eq!(message(expovariate(0.0)), "ZeroDivisionError: float division by zero");
    assert_eq!(message(gammavariate(0.0, 1.0)), "ValueError: gammavariate: alpha and beta must be > 0.0");
    assert_eq!(
        message(choices_weighted(&empty, &List::from([1.0]), 1)),
        "ValueError: The number of weights does not match the population"
    );
}
