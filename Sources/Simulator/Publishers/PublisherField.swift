import Nomenclature
import Perimeter

/// The field of the social economy of one publisher: the perimeter that it applies, asked once for each combination of
/// form, activity and lists.
final class PublisherField {
  /// The families that it tells apart, by the code that the perimeter gives them; the position is their number.
  let families: [String]
  private let perimeter: Perimeter
  private let country: Country
  private let profile: CountryProfile
  private let lists: [String]
  private var known: [UInt64: Int8] = [:]

  /// `lists` are named in the order of the memberships.
  init(_ perimeter: Perimeter, of country: Country, profile: CountryProfile, lists: [String]) {
    self.perimeter = perimeter
    self.country = country
    self.profile = profile
    self.lists = lists
    var families: [String] = []
    for family in perimeter.rules.compactMap(\.family) where !families.contains(family) { families.append(family) }
    self.families = families
  }

  /// The number of the family; nil for what is outside the social economy.
  func family(form: Int, activity: Int, _ memberships: Memberships) -> Int? {
    // Forms and activities are a few hundred, lists a handful.
    let key = memberships.bits << 32 | UInt64(form) << 16 | UInt64(activity)
    let family = known[key] ?? judge(form, activity, memberships)
    known[key] = family
    return family < 0 ? nil : Int(family)
  }

  private func judge(_ form: Int, _ activity: Int, _ memberships: Memberships) -> Int8 {
    let named = lists.indices.filter { memberships.contains($0) }.map { lists[$0] }
    let scheme = country == .fr ? ActivityScheme.nafRev2 : .nacebel2008
    let decision = perimeter.decide(
      UnitFacts(
        country: country, form: profile.forms[form].code.text,
        activity: Activity(scheme, profile.activities[activity].code.text), lists: Set(named)))
    guard decision.isIn, let family = decision.family, let number = families.firstIndex(of: family) else { return -1 }
    return Int8(number)
  }
}

extension Word {
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
