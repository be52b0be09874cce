//! Lists in coroutines: a sieve, sorting, a matrix.

use tokio::task::yield_now;

async fn sieve(limit: usize) -> Vec<usize> {
    let mut flags = vec![true; limit + 1];
    let mut n = 2;
    while n * n <= limit {
        if flags[n] {
            for multiple in (n * n..=limit).step_by(n) {
                flags[multiple] = false;
            }
        }
        n += 1;
    }
    yield_now().await;
    (2..=limit).filter(|&n| flags[n]).collect()
}

async fn shuffled(size: usize) -> Vec<i64> {
    let mut values = Vec::with_capacity(size);
    let mut seed = 12345_i64;
    for _ in 0..size {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        values.push(seed);
    }
    yield_now().await;
    values.sort_unstable();
    values
}

async fn product(size: usize) -> Vec<Vec<i64>> {
    let cell = |row: usize, column: usize| (row * column % 10) as i64;
    let left: Vec<Vec<i64>> = (0..size).map(|row| (0..size).map(|column| cell(row, column)).collect()).collect();
    let right: Vec<Vec<i64>> = (0..size).map(|row| (0..size).map(|column| (row + column) as i64).collect()).collect();
    let mut result = vec![vec![0; size]; size];
    for i in 0..size {
        for j in 0..size {
            result[i][j] = (0..size).map(|k| left[i][k] * right[k][j]).sum();
        }
        yield_now().await;
    }
    result
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let primes = sieve(2_000_000).await;
    println!("{} {}", primes.len(), primes[primes.len() - 1]);
    let values = shuffled(500_000).await;
    println!("{} {}", values[0], values[250_000]);
    let matrix = product(150).await;
    println!("{}", matrix.iter().flatten().sum::<i64>());
}
