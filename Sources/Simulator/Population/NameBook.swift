import Diagnostics
import Tabular

/// Models of names, such as `CLUB DE {sport} DE {commune}`, made ready to be written byte by byte.
final class NameBook {
  fileprivate enum Piece: UInt8, BitwiseCopyable { case text, list, commune, family }

  fileprivate struct Segment: BitwiseCopyable {
    let piece: Piece
    /// Quotes inside are already doubled.
    let text: Word
    /// The same with typographer's apostrophes.
    let curly: Word
    let list: Vocabulary.List
  }

  fileprivate struct Template: BitwiseCopyable {
    let segments: UnsafePointer<Segment>
    let count: Int
    let needsQuotes: Bool
  }

  /// The models of one kind of name in one language.
  struct Set: BitwiseCopyable {
    fileprivate let templates: UnsafePointer<Template>
    fileprivate let chooser: Chooser
  }

  /// Whether a field is quoted only where it must be, or always and by whoever calls.
  enum Quotes { case whereNeeded, around }

  private let sets: [String: Set]
  private let familyStart: Vocabulary.List
  private let familyEnd: Vocabulary.List
  private let curlyRate: Rate
  private let path: String

  init(_ path: String, words: Vocabulary, curly: Rate, arena: Arena) throws {
    self.path = path
    curlyRate = curly
    familyStart = try words.list("family_a")
    familyEnd = try words.list("family_b")
    let table = try DeclaredTable(
      path, columns: ["names", "template", "weight"], properties: ["id", "source"])
    var templates: [String: (all: [Template], weights: [Double])] = [:]
    for entry in table.entries {
      let key = Self.key(entry["names"], entry["language"])
      let segments = try Self.segments(
        entry["template"], words: words, family: familyStart, arena: arena)
      let template = Template(
        segments: arena.keep(segments), count: segments.count,
        needsQuotes: entry["template"].utf8.contains { [0x22, 0x2c].contains($0) })
      templates[key, default: ([], [])].all.append(template)
      templates[key, default: ([], [])].weights.append(try entry.number("weight", in: table))
    }
    sets = templates.mapValues {
      Set(templates: arena.keep($0.all), chooser: Chooser($0.weights, in: arena))
    }
  }

  func set(_ names: String, language: String = "") throws(Problem) -> Set {
    guard let set = sets[Self.key(names, language)] else {
      throw Problem("simulate.no_names", at: Place(file: path), ["kind": Self.key(names, language)])
    }
    return set
  }

  private static func key(_ names: String, _ language: String) -> String {
    language.isEmpty ? names : "\(names) \(language)"
  }

  private static func segments(
    _ template: String, words: Vocabulary, family: Vocabulary.List, arena: Arena
  ) throws(Problem) -> [Segment] {
    var segments: [Segment] = []
    func add(_ piece: Piece, _ text: Substring = "", _ list: Vocabulary.List? = nil) {
      let doubled = text.flatMap { $0 == "\"" ? "\"\"" : String($0) }
      let curly = doubled.map { $0 == "'" ? "’" : $0 }
      segments.append(
        Segment(
          piece: piece, text: arena.word(String(doubled)), curly: arena.word(String(curly)),
          list: list ?? family))
    }
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { add(.text, rest[..<open]) }
      switch rest[rest.index(after: open)..<close] {
      case "commune": add(.commune)
      case "family": add(.family)
      case let kind: add(.list, "", try words.list(String(kind)))
      }
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { add(.text, rest) }
    return segments
  }

  /// Writes a name of a set, as a field.
  func write(
    _ set: Set, commune: Word, quotes: Quotes = .whereNeeded, _ draws: inout Draws,
    to csv: inout CSVWriter
  ) {
    let template = set.templates[set.chooser.pick(&draws)]
    let quoted = quotes == .whereNeeded && template.needsQuotes
    let curly = draws.happens(curlyRate)
    if quoted { csv.byte(UInt8(ascii: "\"")) }
    for position in 0..<template.count {
      let segment = template.segments[position]
      switch segment.piece {
      case .text: csv.word(curly ? segment.curly : segment.text)
      case .list: csv.word(segment.list.pick(&draws))
      case .commune: csv.word(commune)
      case .family: writeFamily(&draws, to: &csv)
      }
    }
    if quoted { csv.byte(UInt8(ascii: "\"")) }
  }

  /// A family name that no one chose: two invented halves.
  func writeFamily(_ draws: inout Draws, to csv: inout CSVWriter) {
    csv.word(familyStart.pick(&draws))
    csv.word(familyEnd.pick(&draws))
  }
}
