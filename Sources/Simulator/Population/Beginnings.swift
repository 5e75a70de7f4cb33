import Diagnostics

/// How a unit of a register begins: what it is, where, since when, and whether it employs.
struct Beginning {
  let form: Int
  let group: Int
  let activity: Int
  let place: Int
  let employs: Bool
  /// Of the calibration, as an employer; of those that do not employ, that of most units of the form.
  let family: Int
  let created: Int
  /// Of units as old: how many of them there still are, to those of the group.
  let survival: Double
}

/// Draws how units begin, in the same way in both countries.
struct Beginnings {
  let profile: CountryProfile
  let places: Places
  let memberships: MembershipTable
  let calibration: Calibration
  /// How many units the register has.
  let count: Int
  private let forms: Chooser
  private let creationOrder: Rate
  private let notRecent: Rate
  private let employersOlder: Double
  private static let mostCreations = DayTable.day(2015, 1, 1)

  /// `country` begins the names of the constants, which say how many units a whole country has at scale 1.
  init(
    _ country: String, units: String, _ profile: CountryProfile, _ places: Places, _ memberships: MembershipTable,
    _ calibration: Calibration, scale: Double
  ) throws(Problem) {
    (self.profile, self.places, self.memberships, self.calibration) = (profile, places, memberships, calibration)
    let constants = profile.constants
    let share = Double(places.population) / (try constants.value("\(country)_population"))
    let mix = FormMix(profile, calibration.families, units: places.units)
    forms = mix.forms
    count = max(1, Int((try constants.value("\(country)_\(units)") * mix.units * scale * share).rounded()))
    creationOrder = try constants.rate("creation_order")
    notRecent = try constants.rate("\(country)_employers_not_recent")
    employersOlder = try constants.value("\(country)_employers_older")
  }

  func beginning(_ rank: Int, key: UInt64, _ draws: inout Draws) -> Beginning {
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
    return Beginning(
      form: form, group: groupRank, activity: employs ? asEmployer : asOther, place: location, employs: employs,
      family: employs ? family : usual, created: creation.day, survival: creation.survival)
  }
}

/// The forms of the units of a territory: more associations where the social economy is at home.
private struct FormMix {
  let forms: Chooser
  /// How many units there are for one of a country that would be the same everywhere.
  let units: Double

  init(_ profile: CountryProfile, _ families: Families, units: [Double]) {
    let weights = profile.formWeights.enumerated().map { $1 * units[families.usual(form: $0)] }
    forms = Chooser(weights, in: profile.arena)
    self.units = weights.reduce(0, +) / profile.formWeights.reduce(0, +)
  }
}
