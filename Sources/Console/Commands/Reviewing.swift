import Arguments
import Diagnostics
import Filesystem
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
    let reviews = try known.filter { arguments.words.isEmpty || $0 == arguments.words[0] }.map {
      ReviewListing(name: $0, file: try ReviewFile("\(folder)/\($0).csv"))
    }
    // A decision that cannot be read is better told now than by the next build.
    for review in reviews {
      _ = try review.file.decisions(of: review.name == Source.rna.rawValue ? .fr : nil)
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
}

/// What waits for a person, of one source.
private struct ReviewListing {
  let name: String
  let file: ReviewFile

  var waiting: [ReviewFile.Row] { file.rows.filter { !$0.isDecided } }

  func text(_ words: Words, limit: Int) -> String {
    var text =
      words(
        "review.head",
        [
          "name": name, "waiting": words.number(waiting.count),
          "decided": words.number(file.rows.count - waiting.count), "file": file.path,
        ]) + "\n"
    guard !waiting.isEmpty, limit > 0 else { return text }
    for row in waiting.prefix(limit) {
      text += "  " + Terminal.bold(row.name.printable) + (row.place.isEmpty ? "" : "  " + row.place.printable) + "\n"
      for candidate in row.candidates.split(separator: "|") { text += "      \(trimmed(candidate).printable)\n" }
    }
    if waiting.count > limit {
      text += words("review.more", ["count": words.number(waiting.count - limit)]) + "\n"
    }
    return text
  }

  struct Report: Encodable {
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
    let records: [Item]
  }

  var report: Report {
    Report(
      name: name, file: file.path, waiting: waiting.count,
      records: file.rows.map { row in
        Report.Item(
          record: row.record, name: row.name, place: row.place,
          candidates: row.candidates.split(separator: "|").map { trimmed($0) },
          decision: row.isDecided ? row.decision : nil)
      })
  }
}
