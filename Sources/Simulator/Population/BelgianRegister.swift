import Diagnostics

/// An enterprise of the Belgian register: all are active there.
struct Enterprise: BitwiseCopyable {
  let key: UInt64
  let stem: Int
  let form: Int
  let group: Int
  let activity: Int
  let place: Int
  let start: Int
  let employs: Bool
  let establishments: Int
}

/// One of its establishments (*unité d'établissement*).
struct EstablishmentUnit: BitwiseCopyable {
  let key: UInt64
  let stem: Int
  let place: Int
  let start: Int
  let activity: Int
  /// At the end of the last year.
  let jobs: Int
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
  private let creationOrder: Rate
  private let employersOlder: Double
  private let headEmploys = Rate(0.93)
  private let branchEmploys = Rate(0.8)
  private let samePlace = Rate(0.6)
  private let sameActivity = Rate(0.85)

  init(
    _ profile: CountryProfile, places: Places, scale: Double, seed: UInt64,
    years: ClosedRange<Int>
  ) throws(Problem) {
    self.profile = profile
    self.places = places
    self.seed = seed
    let constants = profile.constants
    let share = Double(places.population) / (try constants.value("be_population"))
    count = max(1, Int((try constants.value("be_enterprises") * scale * share).rounded()))
    today = DayTable.day(years.upperBound + 1, 1, 1)
    creationOrder = try constants.rate("creation_order")
    employersOlder = try constants.value("be_employers_older")
    for rank in 0..<count { establishmentCount += enterprise(rank).establishments }
  }

  func enterprise(_ rank: Int) -> Enterprise {
    var draws = Draws(seed, .enterprise, rank)
    let key = draws.next()
    let stem = Numbers.enterpriseStem(rank, of: count, jitter: draws.share())
    let form = profile.formChooser.pick(&draws)
    let groupRank = profile.forms[form].group
    let group = profile.groups[groupRank]
    let employs = draws.happens(group.employer)
    let ordered = draws.happens(creationOrder)
    let any = draws.share()
    var place = ordered ? (Double(rank) + any) / Double(count) : any
    // As in France, employers are older than most.
    if employs { place *= 1 - employersOlder * (1 - place) }
    let start = profile.creation.day(at: place)
    let choice = employs ? group.ofEmployers.pick(&draws) : group.ofUnits.pick(&draws)
    var establishments = 0
    if employs {
      establishments = 1 + draws.repetitions(group.employerBranches, atMost: 100)
      if draws.happens(group.network) {
        establishments += draws.repetitions(group.networkGrowth, atMost: 1000)
      }
    } else {
      establishments = draws.repetitions(group.branches, atMost: 20)
    }
    return Enterprise(
      key: key, stem: stem, form: form, group: groupRank, activity: group.activities[choice],
      place: places.pick(for: group, &draws), start: start.day,
      employs: employs, establishments: establishments)
  }

  /// The establishment at a rank of its enterprise and at a rank among all.
  func establishment(_ rank: Int, of enterprise: Enterprise, overall: Int) -> EstablishmentUnit {
    var draws = Draws(key: enterprise.key, rank)
    let key = draws.next()
    let group = profile.groups[enterprise.group]
    let stem = Numbers.establishmentStem(
      overall, of: establishmentCount, jitter: draws.share())
    let span = Double(max(1, today - enterprise.start - 1))
    let share = draws.share()
    let late = rank == 0 ? 0 : 0.85 * share * share
    let place = rank == 0 || draws.happens(samePlace) ? enterprise.place : places.pick(&draws)
    let same = rank == 0 || draws.happens(sameActivity)
    let choice =
      enterprise.employs ? group.ofEmployers.pick(&draws) : group.ofUnits.pick(&draws)
    var jobs = 0
    if enterprise.employs, draws.happens(rank == 0 ? headEmploys : branchEmploys) {
      let band = 1 + group.sizes.pick(&draws)
      let low = SizeBands.lowest[band]
      let room = SizeBands.highest[band] - low + 1
      let share = draws.share()
      jobs = min(low + Int(Double(room) * share * share), SizeBands.highest[band])
    }
    return EstablishmentUnit(
      key: key, stem: stem, place: place, start: enterprise.start + Int(span * late),
      activity: same ? enterprise.activity : group.activities[choice], jobs: jobs)
  }
}
