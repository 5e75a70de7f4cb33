import Diagnostics
import Directory
import Filesystem
import Nomenclature
import Perimeter
import Registers
import Tabular
import Territory

/// A directory made straight from a simulated file of SIRENE units, for a benchmark only: the names, forms, activities and
/// sizes are those of the simulator, judged by the perimeters; each organisation has one establishment, in a commune
/// drawn by its number and the people of the communes. A build of the same takes minutes and all the registers.
struct Invented {
  private let book: NomenclatureBook
  private let perimeters: [Perimeter]
  private let territories: TerritoryBook
  private let share: String
  /// How many people live in the French communes up to each; none in the others.
  private let people: [Int]
  private var known: [String: (mask: UInt32, family: String, subfamily: String)] = [:]

  init(_ installation: Installation) throws {
    share = installation.share
    book = try NomenclatureBook(share: share)
    perimeters = try PerimeterBook(share: share, book).perimeters
    territories = try TerritoryBook(installation)
    var sum = 0
    people = territories.communes.map { commune in
      if commune.code.hasPrefix("FR") { sum += commune.population }
      return sum
    }
  }

  mutating func write(from units: String, to path: String) throws -> Int {
    var entries: [DirectoryEntry] = []
    let ranks = ranks()
    _ = try SireneUnits(Container.open(units)).read { unit in
      guard unit.isActive else { return }
      let form = unit.form.text
      let activity = ActivityScheme(sirene: unit.scheme.text).map { Activity($0, unit.activity.text) }
      let judged = judge(form, activity)
      guard judged.mask != 0 else { return }
      var entry = DirectoryEntry(.fr, UInt64(unit.siren))
      entry.name = unit.name
      entry.association = unit.associationNumber.text
      entry.form = form
      (entry.perimeters, entry.family, entry.subfamily) = judged
      entry.activity = activity
      entry.band = unit.size.text
      entry.isRestricted = unit.isRestricted
      entry.isEmployer = ranks[entry.band] ?? -1 > 0
      entry.commune = commune(of: entry.number)
      entry.year = unit.created.map { Int($0) / 10_000 }
      entry.establishments = 1
      entries.append(entry)
    }
    entries.sort { a, b in
      let (x, y) = (ranks[a.band] ?? -1, ranks[b.band] ?? -1)
      if x != y { return x > y }
      if a.name.isEmpty != b.name.isEmpty { return b.name.isEmpty }
      return a.name == b.name ? a.number < b.number : a.name < b.name
    }
    var writer = DirectoryWriter(
      book, territories, perimeters, inForce: "common-statutory", try NameWords.load(share: share), isSimulated: true)
    var places: [(commune: Int, organisation: Int)] = []
    for (number, entry) in entries.enumerated() {
      writer.add(entry)
      if let commune = entry.commune { places.append((commune, number)) }
    }
    places.sort { ($0.commune, $0.organisation) < ($1.commune, $1.organisation) }
    for place in places { writer.add(organisation: place.organisation, in: place.commune) }
    try writer.write(to: path)
    return entries.count
  }

  /// The least headcount of each band.
  private func ranks() -> [String: Int] { book.sizes.french.compactMapValues(\.low) }

  private mutating func judge(
    _ form: String, _ activity: Activity?
  ) -> (mask: UInt32, family: String, subfamily: String) {
    let key = "\(form) \(activity?.scheme.rawValue ?? "") \(activity?.code ?? "")"
    if let judged = known[key] { return judged }
    var judged: (mask: UInt32, family: String, subfamily: String) = (0, "", "")
    for (position, perimeter) in perimeters.enumerated() {
      let decision = perimeter.decide(UnitFacts(country: .fr, form: form, activity: activity))
      guard decision.isIn else { continue }
      judged.mask |= 1 << UInt32(position)
      if perimeter.id == "common-statutory" {
        judged.family = decision.family ?? ""
        judged.subfamily = decision.subfamily ?? ""
      }
    }
    known[key] = judged
    return judged
  }

  /// A larger commune has more of them.
  private func commune(of number: UInt64) -> Int? {
    // The multiplier spreads numbers that follow each other (Fibonacci hashing).
    let drawn = Int(truncatingIfNeeded: (number &* 0x9e37_79b9_7f4a_7c15) >> 33) % (people.last ?? 1)
    var (low, high) = (0, people.count)
    while low < high {
      let middle = (low + high) / 2
      if people[middle] <= drawn { low = middle + 1 } else { high = middle }
    }
    return low < people.count ? low : nil
  }
}
