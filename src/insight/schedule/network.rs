//! Pieces of work and which must come before which.

/// What an item costs for every week until it is done, and the weeks it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Work {
    /// At least 0.
    pub weight: f64,
    /// Above 0; in a reversed network at least 0.
    pub time: f64,
}

/// Work under precedence, without rounds. The indexes are the order that stands.
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub work: Vec<Work>,
    /// For each the ones that must come before it.
    pub before: Vec<Vec<usize>>,
}

impl Network {
    /// A network of what can be kept to: of items that wait for each other in a round, the ones
    /// given back no longer wait.
    pub fn new(work: Vec<Work>, before: Vec<Vec<usize>>) -> (Self, Vec<usize>) {
        let mut network = Self { work, before };
        let mut freed = Vec::new();
        while let Err(stuck) = network.any_order() {
            network.before[stuck].clear();
            freed.push(stuck);
        }
        network.reduce();
        (network, freed)
    }

    /// An order that is allowed.
    ///
    /// # Errors
    /// The first item of a round, where there is one.
    fn any_order(&self) -> Result<Vec<usize>, usize> {
        let after = self.after();
        let mut waits: Vec<usize> = self.before.iter().map(Vec::len).collect();
        let mut order: Vec<usize> = (0..waits.len()).filter(|at| waits[*at] == 0).collect();
        let mut done = 0;
        while let Some(&next) = order.get(done) {
            done += 1;
            for &at in &after[next] {
                waits[at] -= 1;
                if waits[at] == 0 {
                    order.push(at);
                }
            }
        }
        match (0..waits.len()).find(|at| waits[*at] > 0 && self.is_in_round(*at)) {
            Some(stuck) => Err(stuck),
            None => Ok(order),
        }
    }

    fn is_in_round(&self, at: usize) -> bool {
        self.before[at].iter().any(|before| *before == at || self.waits_for(*before, at))
    }

    /// Whether `at` waits for `other`, directly or through others.
    fn waits_for(&self, at: usize, other: usize) -> bool {
        let mut seen = vec![false; self.work.len()];
        let mut open = vec![at];
        while let Some(next) = open.pop() {
            if std::mem::replace(&mut seen[next], true) {
                continue;
            }
            if self.before[next].contains(&other) {
                return true;
            }
            open.extend(&self.before[next]);
        }
        false
    }

    /// Takes out what is said twice: what already comes before another prerequisite.
    fn reduce(&mut self) {
        for at in 0..self.work.len() {
            if self.before[at].len() < 2 {
                continue;
            }
            let all = std::mem::take(&mut self.before[at]);
            let said =
                |one: &usize| all.iter().any(|other| other != one && self.waits_for(*other, *one));
            self.before[at] = all.iter().copied().filter(|one| !said(one)).collect();
        }
    }

    /// In an allowed order, each with what comes before it ahead.
    pub fn topological(&self) -> Vec<usize> {
        self.any_order().unwrap_or_default()
    }

    /// For each the ones that wait for it.
    pub fn after(&self) -> Vec<Vec<usize>> {
        let mut after = vec![Vec::new(); self.work.len()];
        for (at, before) in self.before.iter().enumerate() {
            before.iter().for_each(|other| after[*other].push(at));
        }
        after
    }

    /// Whether each has at most one prerequisite.
    pub fn is_forest(&self) -> bool {
        self.before.iter().all(|before| before.len() < 2)
    }

    /// The same the other way round in time. Cost is symmetric in weight and time, so the best
    /// order of the one is the best of the other, backwards.
    pub fn reversed(&self) -> Self {
        let turn = |work: &Work| Work { weight: work.time, time: work.weight };
        Self { work: self.work.iter().map(turn).collect(), before: self.after() }
    }

    /// These items alone, under the indexes they have in `items`.
    pub fn part(&self, items: &[usize]) -> Self {
        let mut at = vec![usize::MAX; self.work.len()];
        items.iter().enumerate().for_each(|(new, old)| at[*old] = new);
        let before = |old: &usize| {
            let before = self.before[*old].iter().map(|before| at[*before]);
            before.filter(|at| *at != usize::MAX).collect()
        };
        Self {
            work: items.iter().map(|old| self.work[*old]).collect(),
            before: items.iter().map(before).collect(),
        }
    }

    /// The groups that have nothing to do with each other, each in the order that stands.
    pub fn components(&self) -> Vec<Vec<usize>> {
        let after = self.after();
        let mut group = vec![usize::MAX; self.work.len()];
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for start in 0..self.work.len() {
            if group[start] != usize::MAX {
                continue;
            }
            let mut open = vec![start];
            while let Some(at) = open.pop() {
                if group[at] == usize::MAX {
                    group[at] = groups.len();
                    open.extend(self.before[at].iter().chain(&after[at]));
                }
            }
            groups.push(Vec::new());
        }
        group.iter().enumerate().for_each(|(at, group)| groups[*group].push(at));
        groups
    }

    /// Σ weight × completion time.
    pub fn cost(&self, order: &[usize]) -> f64 {
        let mut now = 0.0;
        let cost = |at: &usize| {
            now += self.work[*at].time;
            self.work[*at].weight * now
        };
        order.iter().map(cost).sum()
    }

    /// Whether an order keeps to what must come before.
    pub fn allows(&self, order: &[usize]) -> bool {
        let mut place = vec![0; self.work.len()];
        order.iter().enumerate().for_each(|(to, at)| place[*at] = to);
        let fine =
            |(at, before): (usize, &Vec<usize>)| before.iter().all(|b| place[*b] < place[at]);
        self.before.iter().enumerate().all(fine)
    }
}
