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
  private let memberships: MembershipTable
  private let calibration: Calibration

  private let creationOrder: Rate
  private let notRecent: Rate
  private static let mostCreations = DayTable.day(2015, 1, 1)
  private let employersOlder: Double
  private let overseas: Rate
  private let abroad: Rate
  private let bandDisagrees: Rate
  private let flagExcess: Double
  private let forms: Chooser
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
    self.memberships = memberships
    self.calibration = calibration
    self.seed = seed
    let years = workforce.years
    let constants = profile.constants
    let share = Double(places.population) / (try constants.value("fr_population"))
    let mix = FormMix(profile, calibration.families, units: places.units)
    forms = mix.forms
    count = max(1, Int((try constants.value("fr_units") * mix.units * scale * share).rounded()))
    today = DayTable.day(years.upperBound + 1, 1, 1)
    firstDay = DayTable.day(years.lowerBound, 12, 31)
    creationOrder = try constants.rate("creation_order")
    notRecent = try constants.rate("fr_employers_not_recent")
    employersOlder = try constants.value("fr_employers_older")
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
    let form = forms.pick(&draws)
    let groupRank = profile.forms[form].group
    let group = profile.groups[groupRank]

    let usual = calibration.families.usual(form: form)
    let location = places.pick(family: usual, rural: group.rural, &draws)
    let lot = draws.share()
    let asEmployer = group.activities[group.ofEmployers.pick(&draws)]
    let asOther = group.activities[group.ofUnits.pick(&draws)]
    var family = usual
    var employs = false
    // The lot is the same whatever the factors: more of them only adds employers to those there were.
    if lot < group.employer * Calibration.most {
      let lists =
        calibration.families.readsLists ? memberships.lists(ofForm: form, key: key, employs: true) : Memberships()
      family = calibration.families.rank(form: form, activity: asEmployer, lists: lists)
      employs = lot < group.employer * calibration[places.all[location].area, family].employers
    }
    let ordered = draws.happens(creationOrder)
    let any = draws.share()
    var place = ordered ? (Double(rank) + any) / Double(count) : any
    // Units that have lasted are those that employ: employers stand lower on the curve.
    if employs { place *= 1 - employersOlder * (1 - place) }
    var creation = profile.creation.day(at: place)
    if employs, creation.day >= Self.mostCreations, draws.happens(notRecent) {
      creation = profile.creation.day(at: place * 0.6)
    }
    let survival = employs ? max(1, creation.survival) : creation.survival
    let active = draws.share() < min(0.985, group.active * survival)
    let life = draws.share()
    let closed =
      active
      ? nil
      : creation.day + 1 + Int(Double(max(0, today - creation.day - 2)) * life * (0.4 + 0.6 * life))

    let moves = draws.repetitions(group.moves, atMost: 40)
    var branches = 0
    if active {
      branches = draws.repetitions(
        employs ? group.employerBranches : group.branches, atMost: 200)
      if employs, draws.happens(group.network) {
        branches += draws.repetitions(group.networkGrowth, atMost: 2000)
      }
    }
    return LegalUnit(
      key: key, siren: siren, form: form, group: groupRank, activity: employs ? asEmployer : asOther,
      place: location, created: creation.day,
      closed: closed, employs: employs, family: employs ? family : usual, hidden: draws.happens(group.hidden),
      moves: moves,
      branches: branches)
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
      jobs = max(1, min(draws.rounded(Double(jobs) * factors.size), SizeBands.highest[SizeBands.codes.count - 1]))
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
        if jobs > 0 { census.shortfall[cell] += workforce.shortfall(of: jobs, division: employer.division) }
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

/// The forms of the units of a territory: more associations where the social economy is at home.
struct FormMix {
  let forms: Chooser
  /// How many units there are for one of a country that would be the same everywhere.
  let units: Double

  init(_ profile: CountryProfile, _ families: Families, units: [Double]) {
    let weights = profile.formWeights.enumerated().map { $1 * units[families.usual(form: $0)] }
    forms = Chooser(weights, in: profile.arena)
    self.units = weights.reduce(0, +) / profile.formWeights.reduce(0, +)
  }
}
