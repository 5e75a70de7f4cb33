import Directory
import Filesystem
import NameIndex
import Nomenclature
import Perimeter
import Territory
import TestSupport

/// A directory of invented organisations of the Nord, the Somme and Namur, and what it was written from.
struct SmallDirectory: Sendable {
  struct Source: Sendable {
    var entry: DirectoryEntry
    /// Where it has establishments, by their codes.
    var places: Set<String>
  }

  static let words = [
    "ASSOCIATION", "ASS", "LES", "AMIS", "DE", "CLUB", "FOOTBALL", "FOOTING", "HANDBALL", "MUSIQUE", "LILLE", "ST",
    "SAINT",
    "DENIS", "CRÈCHE", "TOURNESOLS", "SOLIDARITÉ", "ÉCOLE", "FOYER", "RURAL", "1901", "L'ENVOL", "A.D.M.R.",
    "COOPÉRATIVE",
  ]
  static let communes = ["FR-COM-59350", "FR-COM-59009", "FR-COM-80021", "BE-COM-92094", "BE-COM-92003"]

  private static let perimeterResult = Result { try Checkout.perimeters.map(\.id) }

  /// In the order of the books, read once.
  static var perimeters: [String] { get throws { try perimeterResult.get() } }

  private static let result = Result { try SmallDirectory(sources(300, seed: 17)) }

  /// Written once for all tests: the territories of two countries are in it.
  static var shared: SmallDirectory { get throws { try result.get() } }

  let folder: TemporaryFolder
  let directory: OrganisationDirectory
  let sources: [Source]

  static func sources(_ count: Int, seed: UInt64) throws -> [Source] {
    var random = SplitMix64(seed: seed)
    let book = try Checkout.nomenclatures
    let positions = try positions
    let bands = ["", "NN", "01", "11", "12", "42"].filter { $0.isEmpty || book.sizes.french[$0] != nil }
    return (0..<count).map { number in
      let isBelgian = random.chance(30)
      var entry = DirectoryEntry(
        isBelgian ? .be : .fr, isBelgian ? 400_000_000 + UInt64(number) * 97 : UInt64(100_000_000 + number * 11))
      entry.name = (0..<random.number(1...4)).map { _ in random.pick(words) }.joined(separator: " ")
      entry.isRestricted = random.chance(5)
      entry.association = isBelgian || random.chance(40) ? "" : "W" + String(500_000_000 + number)
      entry.form = isBelgian ? "017" : random.pick(["9220", "5710", "8290"])
      entry.family = random.pick(["association", "cooperative", "mutual", ""])
      entry.subfamily = entry.family == "association" ? "law1901" : ""
      entry.perimeters = UInt32(random.number(1...63))
      entry.lists = random.chance(10) ? ["esus", "scic"] : []
      let codes = [
        (ActivityScheme.nafRev2, "8899B"), (.nafRev2, "9312Z"), (.nafRev2, "8510Z"), (.nacebel2003, "85322"),
      ]
      let code = random.pick(codes)
      entry.activity = random.chance(90) ? Activity(code.0, code.1) : nil
      entry.band = isBelgian ? "" : random.pick(bands)
      entry.isActive = random.chance(95)
      entry.isEmployer = random.chance(40)
      entry.year = random.chance(90) ? random.number(1900...2024) : nil
      entry.establishments = random.number(0...3)
      let all = isBelgian ? communes.filter { $0.hasPrefix("BE") } : communes.filter { $0.hasPrefix("FR") }
      let places = Set((0..<random.number(0...2)).map { _ in random.pick(all) })
      entry.commune = places.sorted().first.flatMap { positions[$0] }
      return Source(entry: entry, places: places)
    }
  }

  private static var positions: [String: Int] {
    get throws {
      Dictionary(
        try Checkout.territories.communes.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  init(_ sources: [Source]) throws {
    self.sources = sources
    folder = try TemporaryFolder()
    try Self.write(sources, to: folder["directory"])
    directory = try OrganisationDirectory(folder["directory"])
  }

  static func write(_ sources: [Source], to path: String) throws {
    let forms = try NameWords.load(share: Checkout.installation.share)
    var writer = DirectoryWriter(
      try Checkout.nomenclatures, try Checkout.territories, try Checkout.perimeters, inForce: "common-statutory", forms,
      isSimulated: true)
    for source in sources { writer.add(source.entry) }
    let positions = try positions
    let places = sources.enumerated().flatMap { number, source in
      source.places.compactMap { positions[$0] }.map { (commune: $0, organisation: number) }
    }
    for place in places.sorted(by: { ($0.commune, $0.organisation) < ($1.commune, $1.organisation) }) {
      writer.add(organisation: place.organisation, in: place.commune)
    }
    writer.add(belgianPlace: 2_000_000_067, of: 0)
    try writer.write(to: path)
  }

  /// The questions that tests ask: words, some mistyped or cut, and filters.
  static func question(_ random: inout SplitMix64) -> DirectoryQuestion {
    var question = DirectoryQuestion()
    var words = (0..<random.number(0...3)).map { _ in random.pick(Self.words) }
    if let first = words.first, random.chance(30) { words[0] = mistyped(first.lowercased(), &random) }
    if let last = words.last, random.chance(30) { words[words.count - 1] = String(last.prefix(random.number(2...5))) }
    question.words = words.joined(separator: " ")
    if Folding(question.words).words.isEmpty { question.words = "" }
    if random.chance(40) {
      question.territory = random.pick([
        "FR-DEP-59", "FR-REG-32", "Namur", "BE", "FR-COM-80021", "FR-EPCI-200093201", "Nord", "be-reg-03000",
      ])
    }
    if random.chance(30) { question.family = random.pick(["association", "Mutuelles", "cooperative", "law1901"]) }
    if random.chance(30) { question.sector = random.pick(["88", "Q", "93", "E10", "P", "ZZ"]) }
    if random.chance(30) { question.size = random.pick(["S1", "10-19", "SX", "1000+", "20-49"]) }
    if random.chance(20) { question.perimeter = random.pick(["fr-loi-2014", "common-strict"]) }
    question.employersOnly = random.chance(20)
    return question
  }
}
