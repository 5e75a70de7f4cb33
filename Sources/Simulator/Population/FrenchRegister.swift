import Diagnostics

/// Makes the units of the French register from their rank, and the establishments from their unit.
///
/// Nothing is kept from one unit to the next: each depends on the seed and on its rank only.
final class FrenchRegister {
  let profile: CountryProfile
  let places: Places
  let count: Int
  /// The day of the register, and the first day of the years whose jobs are told.
  let today: Int
  private let firstDay: Int
  private let seed: UInt64
  private let calibration: Calibration
  private let beginnings: Beginnings
  private let overseas: Rate
  private let abroad: Rate
  private let bandDisagrees: Rate
  private let flagExcess: Double
  private let headEmploys = Rate(0.93)
  private let branchEmploys = Rate(0.8)
  private let samePlace = Rate(0.6)
  private let sameActivity = Rate(0.85)
  private let gap = Rate(0.08)

  init(
    _ profile: CountryProfile, places: Places, memberships: MembershipTable, calibration: Calibration,
    workforce: Workforce, scale: Double, seed: UInt64
  ) throws(Problem) {
    self.profile = profile
    self.places = places
    self.calibration = calibration
    self.seed = seed
    let years = workforce.years
    let constants = profile.constants
    beginnings = try Beginnings("fr", units: "units", profile, places, memberships, calibration, scale: scale)
    count = beginnings.count
    today = DayTable.day(years.upperBound + 1, 1, 1)
    firstDay = DayTable.day(years.lowerBound, 12, 31)
    overseas = try constants.rate("overseas_collectivity")
    abroad = try constants.rate("abroad")
    bandDisagrees = try constants.rate("band_disagrees")
    flagExcess = try constants.value("employer_flag_excess")
    try calibration.fit(parts: places.parts, scale: scale) { census throws(Problem) in
      try count(&census, workforce)
    }
  }

  func unit(_ rank: Int) -> LegalUnit {
    var draws = Draws(seed, .unit, rank)
    let key = draws.next()
    let siren = Numbers.siren(Numbers.sirenStem(rank, of: count, jitter: draws.share()))
    let begun = beginnings.beginning(rank, key: key, &draws)
    let group = profile.groups[begun.group]
    let employs = begun.employs
    let survival = employs ? max(1, begun.survival) : begun.survival
    let active = draws.share() < min(0.985, group.active * survival)
    let life = draws.share()
    let closed =
      active
      ? nil
      : begun.created + 1 + Int(Double(max(0, today - begun.created - 2)) * life * (0.4 + 0.6 * life))

    let moves = draws.repetitions(group.moves, atMost: 40)
    var branches = 0
    if active {
      branches = draws.repetitions(
        employs ? group.employerBranches : group.branches, atMost: 200)
      if employs, draws.happens(group.network) {
        let most = calibration.largest[begun.family].branches(atAge: today - begun.created)
        branches += draws.repetitions(group.networkGrowth, atMost: min(2000, most))
      }
    }
    return LegalUnit(
      key: key, siren: siren, form: begun.form, group: begun.group, activity: begun.activity, place: begun.place,
      created: begun.created, closed: closed, employs: employs, family: begun.family,
      hidden: draws.happens(group.hidden), moves: moves, branches: branches)
  }

  /// Fills `list` with the establishments of a unit, in the order of their numbers.
  func establishments(of unit: LegalUnit, into list: inout [Establishment]) {
    list.removeAll(keepingCapacity: true)
    let group = profile.groups[unit.group]
    let count = unit.establishments
    let span = Double(max(1, (unit.closed ?? today) - unit.created - 1))
    var sequence = 0
    for rank in 0..<count {
      var draws = Draws(key: unit.key, rank)
      var one = Establishment()
      one.key = draws.next()
      sequence += 1 + (draws.happens(gap) ? 1 + draws.below(3) : 0)
      one.nic = Numbers.nic(sequence, siren: unit.siren)
      one.isHeadOffice = rank == unit.moves
      let from = rank == 0 ? 0 : span * (Double(rank) - draws.share()) / Double(count)
      one.created = unit.created + Int(from)
      if rank < unit.moves {
        // A transfer: the new head office opens and the old one closes.
        one.closed = max(one.created + 1, opening(rank + 1, of: unit, span: span))
      } else {
        one.closed = unit.closed
      }
      locate(&one, unit, &draws)
      let other = !one.isHeadOffice && !draws.happens(sameActivity)
      one.activity =
        other
        ? group.activities[(unit.employs ? group.ofEmployers : group.ofUnits).pick(&draws)]
        : unit.activity
      if unit.employs { staff(&one, unit, group, &draws) }
      list.append(one)
    }
  }

  /// The day on which the establishment of a rank opened.
  private func opening(_ rank: Int, of unit: LegalUnit, span: Double) -> Int {
    var draws = Draws(key: unit.key, rank)
    _ = draws.next()
    if draws.happens(gap) { _ = draws.below(3) }
    return unit.created + Int(rank == 0 ? 0 : span * (Double(rank) - draws.share()) / Double(unit.establishments))
  }

  private func locate(_ one: inout Establishment, _ unit: LegalUnit, _ draws: inout Draws) {
    one.place =
      one.isHeadOffice || draws.happens(samePlace)
      ? unit.place : places.pick(family: unit.family, rural: Rate(0), &draws)
    if draws.happens(overseas) {
      one.location = .overseas
    } else if draws.happens(abroad) {
      one.location = .abroad
    }
  }

  /// Gives staff to some establishments of an employer: those open, and those that closed not long
  /// ago.
  private func staff(
    _ one: inout Establishment, _ unit: LegalUnit, _ group: CountryProfile.Group,
    _ draws: inout Draws
  ) {
    guard draws.happens(one.isHeadOffice ? headEmploys : branchEmploys) else { return }
    var band = 1 + group.sizes.pick(&draws)
    let low = SizeBands.lowest[band]
    let room = SizeBands.highest[band] - low + 1
    // The square leans towards the lower end, as sizes do within a band.
    let share = draws.share()
    var jobs = min(low + Int(Double(room) * share * share), SizeBands.highest[band])
    let factors = calibration[places.all[one.place].area, unit.family]
    one.hours = factors.hours
    if jobs > 0 {
      // A head office that moved is as old as its unit.
      let age = today - (one.isHeadOffice ? unit.created : one.created)
      let most = min(calibration.largest[unit.family].staff(atAge: age), SizeBands.highest[SizeBands.codes.count - 1])
      jobs = max(1, min(draws.rounded(Double(jobs) * factors.size), most))
      band = SizeBands.band(of: jobs)
    }
    if let closed = one.closed {
      // The register forgets the staff of what is closed; the workforce of the years before does
      // not.
      if closed > firstDay { one.jobs = jobs }
      return
    }
    one.band = band
    if band >= SizeBands.first, draws.happens(bandDisagrees) {
      jobs = draws.next() & 1 == 0 ? SizeBands.highest[band] + 1 + jobs / 4 : SizeBands.lowest[band] - 1
    }
    one.jobs = jobs
  }

  /// Counts the employers, their jobs and their hours, as an observatory will find them in the files.
  private func count(_ census: inout Calibration.Census, _ workforce: Workforce) throws(Problem) {
    let (jobsYear, employersYear) = (calibration.margins.jobsYear, calibration.margins.employersYear)
    let ofRegister = employersYear == workforce.years.upperBound
    var list: [Establishment] = []
    for rank in 0..<count {
      if rank & 0xffff == 0 { try Interruption.check() }
      let unit = unit(rank)
      guard unit.employs else {
        if census.isFirst, ofRegister, unit.closed == nil {
          let cell = calibration.cell(area: places.all[unit.place].area, family: unit.family)
          census.flagged[cell] += flagExcess * Double(1 + unit.branches)
        }
        continue
      }
      establishments(of: unit, into: &list)
      for one in list where one.location == .inCommune {
        let cell = calibration.cell(area: places.all[one.place].area, family: unit.family)
        if ofRegister, one.closed == nil, one.band == SizeBands.none, census.isFirst {
          census.flagged[cell] += flagExcess
        }
        let employer = employer(one, of: unit)
        let jobs = one.jobs > 0 ? workforce.jobs(of: employer, in: jobsYear) : 0
        census.jobs[cell] += jobs
        if census.countsHours, jobs > 0 {
          census.shortfall[cell] += workforce.shortfall(of: employer, in: jobsYear, jobs: jobs)
        }
        let isKnown = ofRegister && one.closed == nil && one.band > SizeBands.none
        if isKnown || one.jobs > 0 && workforce.jobs(of: employer, in: employersYear) > 0 {
          census.employers[cell] += 1
        }
      }
    }
  }

  /// An establishment as the workforce files see it.
  func employer(_ one: Establishment, of unit: LegalUnit) -> Employer {
    Employer(
      jobs: one.jobs, created: one.created, closed: one.closed, division: profile.activities[one.activity].division,
      pay: profile.groups[unit.group].pay, hours: one.hours, key: one.key)
  }
}
