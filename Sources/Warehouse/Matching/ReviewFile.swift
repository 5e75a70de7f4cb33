package import Diagnostics
import Filesystem
package import Nomenclature
package import Registers
import Tabular

/// The records of one source of which a person decides what they are: `review/NAME.csv` of the observatory.
///
/// A build writes those that are doubtful and reads what was decided; a row with a decision is a person's, and no build
/// changes it.
package struct ReviewFile: Sendable {
  package static let columns = ["record", "name", "place", "candidates", "decision"]

  package struct Row: Sendable, Equatable, Codable {
    package var record: String
    package var name: String
    package var place: String
    /// `100000009 ALPHA 0.93 | …`, the best first; `ALPHA (establishment: BETA)` where that is the name that is alike.
    package var candidates: String
    package var decision = ""

    package var isDecided: Bool { !decision.isEmpty }
  }

  package enum Decision: Sendable, Equatable {
    case number(MemberList.Member)
    case rejected
  }

  /// What comes before the name of an establishment, and a bracket behind it.
  package static let establishment = "(establishment:"

  package let path: String
  package private(set) var rows: [Row] = []
  private(set) var lines: [Int] = []

  /// A file that is not there holds nothing, and so does an empty one.
  package init(_ path: String) throws {
    self.path = path
    guard Folder.fileExists(path), try ReadableFile(path).size > 0 else { return }
    let reader = try TableReader(Container.open(path).stream())
    let positions = try reader.positions(Self.columns)
    for (name, position) in zip(Self.columns, positions) where position < 0 {
      throw Problem(
        "review.no_column", at: Place(file: path, line: 1),
        ["column": name, "columns": reader.columns.joined(separator: ", ")])
    }
    try reader.forEachBatch { batch in
      if let fault = batch.faults.first {
        throw Problem(
          "review.ragged", at: Place(file: path, line: fault.line),
          ["fields": String(fault.fields), "expected": String(fault.expected)])
      }
      for record in 0..<batch.count {
        let text = positions.map { batch[record][$0].trimmed.text }
        rows.append(Row(record: text[0], name: text[1], place: text[2], candidates: text[3], decision: text[4]))
        lines.append(batch.line(of: record))
      }
    }
  }

  /// What was decided, by record. Of a source that knows one country, no number of the other is a decision.
  package func decisions(of country: Country? = nil) throws(Problem) -> [String: Decision] {
    var decisions: [String: Decision] = [:]
    for (row, line) in zip(rows, lines) where row.isDecided {
      if decisions[row.record] != nil {
        throw Problem(
          "review.decided_twice", at: Place(file: path, line: line), ["record": row.record, "name": row.name])
      }
      switch row.decision.lowercased() {
      case "reject": decisions[row.record] = .rejected
      case "accept":
        guard let member = Self.member(String(row.candidates.prefix { $0 != " " })) else { throw bad(row, line) }
        try refuseOther(country, member, row, line)
        decisions[row.record] = .number(member)
      default:
        guard let member = Self.member(row.decision) else { throw bad(row, line) }
        try refuseOther(country, member, row, line)
        decisions[row.record] = .number(member)
      }
    }
    return decisions
  }

  private func refuseOther(
    _ wanted: Country?, _ member: MemberList.Member, _ row: Row, _ line: Int
  ) throws(Problem) {
    guard let wanted, member.country != wanted else { return }
    throw Problem(
      "review.other_country", at: Place(file: path, line: line),
      ["decision": row.decision, "name": row.name, "country": "@country.\(wanted.rawValue)"])
  }

  private func bad(_ row: Row, _ line: Int) -> Problem {
    Problem("review.bad_decision", at: Place(file: path, line: line), ["decision": row.decision, "name": row.name])
  }

  private static func member(_ text: String) -> MemberList.Member? {
    guard let number = try? OrganisationNumber(text) else { return nil }
    return switch number {
    case .siren(let siren): MemberList.Member(isFrench: true, number: siren)
    case .siret(let siret): MemberList.Member(isFrench: true, number: siret / 100_000)
    case .enterprise(let number): MemberList.Member(isFrench: false, number: number)
    case .belgianEstablishment: nil
    }
  }

  /// The fingerprint of what was decided, and of nothing else: what waits changes with every build.
  var fingerprint: String? {
    get throws(Problem) {
      let decided = rows.filter(\.isDecided).sorted { $0.record < $1.record }
      guard !decided.isEmpty else { return nil }
      let fingerprint = try Fingerprint()
      for row in decided { fingerprint.add("\(row.record) \(row.decision.lowercased()) \(row.candidates)\n") }
      return fingerprint.finish()
    }
  }

  /// Puts what is doubtful now in the place of what was; what a person decided stays as it is.
  func updated(with doubtful: [Row]) -> ReviewFile {
    var file = self
    let decided = rows.filter(\.isDecided)
    let known = Set(decided.map(\.record))
    file.rows = decided + doubtful.filter { !known.contains($0.record) }
    return file
  }

  func write() throws {
    // Nothing to decide and nothing decided: no file, save one that people have seen.
    if rows.isEmpty, !Folder.fileExists(path) { return }
    var text = CSVText(Self.columns)
    for row in rows { text.add([row.record, row.name, row.place, row.candidates, row.decision]) }
    if Folder.fileExists(path), try Folder.contents(of: path) == text.bytes { return }
    try Folder.make(Folder.parent(of: path))
    try Folder.write(text.bytes, to: path)
  }
}

extension MemberList.Member {
  var country: Country { isFrench ? .fr : .be }
}
