import Diagnostics
import Nomenclature
import Perimeter

/// The families by which a population is calibrated: those that a perimeter lets in, then the private and the public
/// rest.
///
/// Who is in is judged by the rules of the perimeter themselves, so that what is calibrated is what an observatory
/// counts.
final class Families {
  static let rest = ["private", "public"]

  /// In the order of the table of groups; the last two are the rest.
  let names: [String]
  /// Does a list of the perimeter change the judgement of a unit?
  let readsLists: Bool
  private let profile: CountryProfile
  /// By form, activity and lists that the perimeter reads.
  private let ranks: UnsafePointer<UInt8>
  private let variants: Int
  /// Of each list of the country, the bit that it has among those that the perimeter reads; 0 for none.
  private let bits: UnsafePointer<UInt8>

  /// `lists` are those that a simulation of the country writes.
  init(_ country: Country, _ profile: CountryProfile, _ perimeter: Perimeter, lists: [String]) {
    self.profile = profile
    names = profile.families + Self.rest
    let read = Set(perimeter.rules.filter { $0.subject == .list }.map(\.scheme)).intersection(lists)
    readsLists = !read.isEmpty
    var bits: [UInt8] = []
    for list in lists { bits.append(read.contains(list) ? 1 << UInt8(bits.filter { $0 > 0 }.count) : 0) }
    self.bits = profile.arena.keep(bits)
    variants = 1 << read.count
    let activities = profile.activityCodes.count
    var ranks = [UInt8](repeating: 0, count: profile.formChooser.count * activities * variants)
    for form in 0..<profile.formChooser.count {
      let code = String(decoding: profile.forms[form].code.bytes, as: UTF8.self)
      let group = profile.groups[profile.forms[form].group]
      let rest = profile.families.count + (group.isPublic ? 1 : 0)
      for choice in 0..<group.activityCount {
        let activity = group.activities[choice]
        let scheme: ActivityScheme = country == .fr ? .nafRev2 : .nacebel2008
        let facts = Activity(scheme, profile.activityCodes[activity].code)
        for variant in 0..<variants {
          let named = zip(lists, bits).filter { $1 & UInt8(variant) > 0 }.map(\.0)
          let unit = UnitFacts(country: country, form: code, activity: facts, lists: Set(named))
          let family = perimeter.decide(unit).isIn ? group.family ?? rest : rest
          ranks[(form * activities + activity) * variants + variant] = UInt8(family)
        }
      }
    }
    self.ranks = profile.arena.keep(ranks)
  }

  /// The family of a unit.
  func rank(form: Int, activity: Int, lists: Memberships) -> Int {
    var variant = 0
    if readsLists, !lists.isEmpty {
      for list in 0..<64 where lists.contains(list) { variant |= Int(bits[list]) }
    }
    return Int(ranks[(form * profile.activityCodes.count + activity) * variants + variant])
  }

  /// The family where most units of the form are, whatever their activity.
  func usual(form: Int) -> Int {
    let group = profile.groups[profile.forms[form].group]
    return group.family ?? profile.families.count + (group.isPublic ? 1 : 0)
  }
}
