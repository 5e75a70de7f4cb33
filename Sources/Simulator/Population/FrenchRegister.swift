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

  private let creationOrder: Rate
  private let employersOlder: Double
  private let overseas: Rate
  private let abroad: Rate
  private let bandDisagrees: Rate
  private let headEmploys = Rate(0.93)
  private let branchEmploys = Rate(0.8)
  private let samePlace = Rate(0.6)
  private let sameActivity = Rate(0.85)
  private let gap = Rate(0.08)

  init(
    _ profile: CountryProfile, places: Places, scale: Double, seed: UInt64,
    years: ClosedRange<Int>
  ) throws(Problem) {
    self.profile = profile
    self.places = places
    self.seed = seed
    let constants = profile.constants
    let share = Double(places.population) / (try constants.value("fr_population"))
    count = max(1, Int((try constants.value("fr_units") * scale * share).rounded()))
    today = DayTable.day(years.upperBound + 1, 1, 1)
    firstDay = DayTable.day(years.lowerBound, 12, 31)
    creationOrder = try constants.rate("creation_order")
    employersOlder = try constants.value("fr_employers_older")
    overseas = try constants.rate("overseas_collectivity")
    abroad = try constants.rate("abroad")
    bandDisagrees = try constants.rate("band_disagrees")
  }

  func unit(_ rank: Int) -> LegalUnit {
    var draws = Draws(seed, .unit, rank)
    let key = draws.next()
    let siren = Numbers.siren(Numbers.sirenStem(rank, of: count, jitter: draws.share()))
    let form = profile.formChooser.pick(&draws)
    let groupRank = profile.forms[form].group
    let group = profile.groups[groupRank]

    let employs = draws.happens(group.employer)
    let ordered = draws.happens(creationOrder)
    let any = draws.share()
    var place = ordered ? (Double(rank) + any) / Double(count) : any
    // Units that have lasted are those that employ: employers stand lower on the curve.
    if employs { place *= 1 - employersOlder * (1 - place) }
    let creation = profile.creation.day(at: place)
    let survival = employs ? max(1, creation.survival) : creation.survival
    let active = draws.share() < min(0.985, group.active * survival)
    let life = draws.share()
    let closed =
      active
      ? nil
      : creation.day + 1 + Int(Double(max(0, today - creation.day - 2)) * life * (0.4 + 0.6 * life))

    let choice = employs ? group.ofEmployers.pick(&draws) : group.ofUnits.pick(&draws)
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
      key: key, siren: siren, form: form, group: groupRank, activity: group.activities[choice],
      place: places.pick(for: group, &draws), created: creation.day,
      closed: closed, employs: employs, hidden: draws.happens(group.hidden), moves: moves,
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
        let end = unit.created + Int(span)
        one.closed = one.created + 1 + Int(Double(max(0, end - one.created - 1)) * draws.share())
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

  private func locate(_ one: inout Establishment, _ unit: LegalUnit, _ draws: inout Draws) {
    one.place = one.isHeadOffice || draws.happens(samePlace) ? unit.place : places.pick(&draws)
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
    let band = 1 + group.sizes.pick(&draws)
    let low = SizeBands.lowest[band]
    let room = SizeBands.highest[band] - low + 1
    // The square leans towards the lower end, as sizes do within a band.
    let share = draws.share()
    var jobs = min(low + Int(Double(room) * share * share), SizeBands.highest[band])
    if let closed = one.closed {
      // The register forgets the staff of what is closed; the workforce of the years before does
      // not.
      if closed > firstDay { one.jobs = jobs }
      return
    }
    one.band = band
    if band >= SizeBands.first, draws.happens(bandDisagrees) {
      jobs = draws.next() & 1 == 0 ? SizeBands.highest[band] + 1 + jobs / 4 : low - 1
    }
    one.jobs = jobs
  }
}
