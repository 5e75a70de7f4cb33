import Diagnostics

/// An enterprise of the Belgian register: all are active there.
struct Enterprise: BitwiseCopyable {
  let key: UInt64
  let stem: Int
  var form: Int
  let group: Int
  var activity: Int
  let place: Int
  let start: Int
  let employs: Bool
  /// Of the calibration, as an employer; of those that do not employ, that of most enterprises of the form.
  let family: Int
  var establishments: Int
  /// Where it is in the stock that is written, which its name does not tell.
  var address: Int
}

/// One of its establishments (*unité d'établissement*).
struct EstablishmentUnit: BitwiseCopyable {
  let key: UInt64
  let stem: Int
  let place: Int
  let start: Int
  var activity: Int
  /// Where it is in the stock that is written.
  var address: Int
  /// At the end of the last year.
  let jobs: Int
  /// Factor of what its jobs lack to a full time.
  let hours: Double
}

/// Makes Belgian enterprises from their rank, and their establishments from them.
final class BelgianRegister {
  let profile: CountryProfile
  let places: Places
  let count: Int
  let today: Int
  /// All the establishments: their numbers are spread over the range in order.
  private(set) var establishmentCount = 0
  private let seed: UInt64
  private let calibration: Calibration
  private let beginnings: Beginnings
  /// In all of the years that older stocks go back to.
  private let ceasing: Rate
  private static let ceasingYears = 10
  private let headEmploys = Rate(0.93)
  private let branchEmploys = Rate(0.8)
  private let samePlace = Rate(0.6)
  private let sameActivity = Rate(0.85)

  init(
    _ profile: CountryProfile, places: Places, memberships: MembershipTable, calibration: Calibration,
    workforce: Workforce, scale: Double, seed: UInt64
  ) throws(Problem) {
    self.profile = profile
    self.places = places
    self.calibration = calibration
    self.seed = seed
    beginnings = try Beginnings("be", units: "enterprises", profile, places, memberships, calibration, scale: scale)
    count = beginnings.count
    today = DayTable.day(workforce.years.upperBound + 1, 1, 1)
    ceasing = Rate(try profile.constants.value("be_ceased") * Double(Self.ceasingYears))
    try calibration.fit(parts: places.parts, scale: scale) { census throws(Problem) in
      try count(&census, workforce)
    }
    for rank in 0..<count { establishmentCount += enterprise(rank).establishments }
  }

  func enterprise(_ rank: Int) -> Enterprise {
    var draws = Draws(seed, .enterprise, rank)
    let key = draws.next()
    return enterprise(
      rank, key: key, stem: Numbers.enterpriseStem(rank, of: count, jitter: draws.share()), &draws)
  }

  /// An enterprise without staff that had the number after that of a rank, and the day on which it ceased: the register
  /// of today does not know it any more.
  func ceased(_ rank: Int) -> (enterprise: Enterprise, day: Int)? {
    var draws = Draws(seed, .ceased, rank)
    let key = draws.next()
    guard draws.happens(ceasing) else { return nil }
    let day = today - 1 - draws.below(Self.ceasingYears * 365)
    let stem = enterprise(rank).stem + 1
    guard stem < Numbers.enterpriseStem(rank + 1, of: count, jitter: 0) else { return nil }
    var one = enterprise(rank, key: key, stem: stem, &draws)
    one.establishments = 0
    return one.employs || one.start >= day ? nil : (one, day)
  }

  private func enterprise(_ rank: Int, key: UInt64, stem: Int, _ draws: inout Draws) -> Enterprise {
    let begun = beginnings.beginning(rank, key: key, &draws)
    let group = profile.groups[begun.group]
    var establishments = 0
    if begun.employs {
      establishments = 1 + draws.repetitions(group.employerBranches, atMost: 100)
      if draws.happens(group.network) {
        let most = calibration.largest[begun.family].branches(atAge: today - begun.created)
        establishments += draws.repetitions(group.networkGrowth, atMost: min(1000, most))
      }
    } else {
      establishments = draws.repetitions(group.branches, atMost: 20)
    }
    return Enterprise(
      key: key, stem: stem, form: begun.form, group: begun.group, activity: begun.activity, place: begun.place,
      start: begun.created, employs: begun.employs, family: begun.family, establishments: establishments,
      address: begun.place)
  }

  /// The establishment at a rank of its enterprise and at a rank among all.
  func establishment(_ rank: Int, of enterprise: Enterprise, overall: Int) -> EstablishmentUnit {
    var draws = Draws(key: enterprise.key, rank)
    let key = draws.next()
    let group = profile.groups[enterprise.group]
    let stem = Numbers.establishmentStem(
      overall, of: max(1, establishmentCount), jitter: draws.share())
    let span = Double(max(1, today - enterprise.start - 1))
    let share = draws.share()
    let late = rank == 0 ? 0 : 0.85 * share * share
    let start = enterprise.start + Int(span * late)
    let place =
      rank == 0 || draws.happens(samePlace)
      ? enterprise.place : places.pick(family: enterprise.family, rural: Rate(0), &draws)
    let same = rank == 0 || draws.happens(sameActivity)
    let choice =
      enterprise.employs ? group.ofEmployers.pick(&draws) : group.ofUnits.pick(&draws)
    let factors = calibration[places.all[place].area, enterprise.family]
    var jobs = 0
    if enterprise.employs, draws.happens(rank == 0 ? headEmploys : branchEmploys) {
      let band = 1 + group.sizes.pick(&draws)
      let low = SizeBands.lowest[band]
      let room = SizeBands.highest[band] - low + 1
      let share = draws.share()
      let usual = min(low + Int(Double(room) * share * share), SizeBands.highest[band])
      let most = min(
        calibration.largest[enterprise.family].staff(atAge: today - start), SizeBands.highest[SizeBands.codes.count - 1]
      )
      jobs = max(1, min(draws.rounded(Double(usual) * factors.size), most))
    }
    return EstablishmentUnit(
      key: key, stem: stem, place: place, start: start,
      activity: same ? enterprise.activity : group.activities[choice], address: place, jobs: jobs,
      hours: factors.hours)
  }

  /// Counts the enterprises that employ in each area, their jobs and their hours.
  private func count(_ census: inout Calibration.Census, _ workforce: Workforce) throws(Problem) {
    let (jobsYear, employersYear) = (calibration.margins.jobsYear, calibration.margins.employersYear)
    for rank in 0..<count {
      if rank & 0xffff == 0 { try Interruption.check() }
      let enterprise = enterprise(rank)
      guard enterprise.employs else { continue }
      var areas: [Int] = []
      for part in 0..<enterprise.establishments {
        let one = establishment(part, of: enterprise, overall: 0)
        guard one.jobs > 0 else { continue }
        let cell = calibration.cell(area: places.all[one.place].area, family: enterprise.family)
        let employer = employer(one, of: enterprise)
        let jobs = workforce.jobs(of: employer, in: jobsYear)
        census.jobs[cell] += jobs
        if census.countsHours, jobs > 0 {
          census.shortfall[cell] += workforce.shortfall(of: employer, in: jobsYear, jobs: jobs)
        }
        if !areas.contains(cell), workforce.jobs(of: employer, in: employersYear) > 0 {
          areas.append(cell)
          census.employers[cell] += 1
        }
      }
    }
  }

  /// Gross pay in Belgium against France, for the same work.
  private static let pay = 1.08

  /// An establishment as the workforce files see it.
  func employer(_ one: EstablishmentUnit, of enterprise: Enterprise) -> Employer {
    Employer(
      jobs: one.jobs, created: one.start, closed: nil, division: profile.activities[one.activity].division,
      pay: profile.groups[enterprise.group].pay * Self.pay, hours: one.hours, key: one.key)
  }
}
