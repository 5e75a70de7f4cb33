import Arguments
import Diagnostics
import Filesystem
import Matching
import Nomenclature
import Tabular
import Warehouse
import Wording

extension Command {
  static let review = Command(
    name: "review", syntax: Syntax(["[NAME]"], [.init("limit", "20"), .init("format", "text|json")])
  ) { session, arguments in
    let observatory = try session.observatory(arguments)
    let limit = try arguments.integer("limit", in: 0...1_000_000) ?? 20
    let folder = observatory.review
    let known =
      Folder.exists(folder)
      ? try Folder.names(in: folder).filter { $0.hasSuffix(".csv") }.map { String($0.dropLast(4)) } : []
    if let name = arguments.words.first, !known.contains(name) {
      throw Problem(
        "review.unknown", status: .commandLine, at: Place(file: folder),
        ["name": name, "known": known.joined(separator: ", ")])
    }
    let reviews = try known.filter { arguments.words.isEmpty || $0 == arguments.words[0] }.map { name in
      let file = try ReviewFile("\(folder)/\(name).csv")
      // A decision that cannot be read is better told now than by the next build.
      _ = try file.decisions(of: name == Source.rna.rawValue ? .fr : nil)
      let isDecided = file.rows.contains(where: \.isDecided)
      return ReviewListing(
        name: name, file: file, unknown: try unknownNumbers(session, observatory, name, file),
        shared: try isDecided ? file.shared(NameReading(share: session.installation.share)) : [])
    }
    if try format(arguments, ["text", "json"]) == "json" {
      try Output.json(JSON.text(reviews.map(\.report)))
      return 0
    }
    let waiting = reviews.map(\.waiting.count).reduce(0, +)
    if waiting == 0, reviews.allSatisfy({ $0.file.rows.isEmpty }) {
      try Output.line(session.words("review.none"))
      return 0
    }
    for review in reviews { try Output.line(review.text(session.words, limit: limit)) }
    if waiting > 0 { Terminal.say(session.words("review.how")) }
    return 0
  }

  /// The decisions whose number the current release found in no register. Its tables are opened where its manifest says
  /// that there are some.
  private static func unknownNumbers(
    _ session: Session, _ observatory: Observatory, _ name: String, _ file: ReviewFile
  ) throws -> [UnknownNumber] {
    let source = name == Source.rna.rawValue ? name : "list/\(name)"
    guard file.rows.contains(where: \.isDecided), let release = try ReleaseFolder.current(observatory),
      let found = release.manifest.matching.first(where: { $0.source == source }),
      found.unknownNumbers ?? 0 > 0
    else { return [] }
    _ = try session.openEngine()
    return try file.unknown(Release(release).unknownNumbers(of: source))
  }
}

/// What waits for a person, of one source.
private struct ReviewListing {
  let name: String
  let file: ReviewFile
  let unknown: [UnknownNumber]
  let shared: [SharedNumber]

  var waiting: [ReviewFile.Row] { file.rows.filter { !$0.isDecided } }

  func text(_ words: Words, limit: Int) -> String {
    var text =
      words(
        "review.head",
        [
          "name": name, "waiting": words.number(waiting.count),
          "decided": words.number(file.rows.count - waiting.count), "file": file.path,
        ]) + "\n"
    for one in unknown {
      let record = [one.record, one.name].filter { !$0.isEmpty }.joined(separator: " ")
      let facts = ["line": words.number(one.line), "record": record, "number": one.number]
      text += "  " + words("review.unknown_number", facts) + "\n"
    }
    for one in shared {
      let lines = one.lines.map { words.number($0) }.joined(separator: ", ")
      let facts = ["lines": lines, "number": one.number, "names": one.names.joined(separator: ", ")]
      text += "  " + words("review.shared_number", facts) + "\n"
    }
    guard !waiting.isEmpty, limit > 0 else { return text }
    for row in waiting.prefix(limit) {
      text += "  " + Terminal.bold(row.name.printable) + (row.place.isEmpty ? "" : "  " + row.place.printable) + "\n"
      for candidate in row.candidates.split(separator: "|") {
        text += "      \(printed(trimmed(candidate), words).printable)\n"
      }
    }
    if waiting.count > limit {
      text += words("review.more", ["count": words.number(waiting.count - limit)]) + "\n"
    }
    return text
  }

  /// The file knows no language: the reader's word for an establishment takes the place of its own.
  private func printed(_ candidate: String, _ words: Words) -> String {
    candidate.replacing(ReviewFile.establishment, with: "(" + words("review.establishment"))
  }

  struct Report: Encodable {
    struct Unknown: Encodable {
      let line: Int
      let record: String
      let number: String
    }

    struct Shared: Encodable {
      let number: String
      let lines: [Int]
    }

    struct Item: Encodable {
      let record: String
      let name: String
      let place: String
      let candidates: [String]
      let decision: String?
    }

    let name: String
    let file: String
    let waiting: Int
    let unknownNumbers: [Unknown]
    let sharedNumbers: [Shared]
    let records: [Item]

    enum CodingKeys: String, CodingKey {
      case name, file, waiting, records
      case unknownNumbers = "unknown_numbers"
      case sharedNumbers = "shared_numbers"
    }
  }

  var report: Report {
    Report(
      name: name, file: file.path, waiting: waiting.count,
      unknownNumbers: unknown.map { .init(line: $0.line, record: $0.record, number: $0.number) },
      sharedNumbers: shared.map { .init(number: $0.number, lines: $0.lines) },
      records: file.rows.map { row in
        Report.Item(
          record: row.record, name: row.name, place: row.place,
          candidates: row.candidates.split(separator: "|").map { trimmed($0) },
          decision: row.isDecided ? row.decision : nil)
      })
  }
}
