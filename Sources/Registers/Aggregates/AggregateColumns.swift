internal import Diagnostics
internal import Tabular
internal import Wording

/// Where a layout's columns stand in one file, and which cells of a row are figures.
struct AggregateColumns {
  /// A column of figures: what its own name says of them.
  struct Figures {
    let position: Int
    /// Nil: another column names the measure.
    let measure: String?
    let year: Int?
    /// A code of A5, or the empty text for the total; nil where a column gives the activity.
    let activity: String?
    let isWhole: Bool
    /// The marks that group thousands somewhere in the column.
    var grouping: Set<UInt8> = []
  }

  private(set) var territory: Int?
  private(set) var level: Int?
  private(set) var year: Int?
  private(set) var quarter: Int?
  private(set) var field: Int?
  private(set) var family: Int?
  private(set) var activity: Int?
  private(set) var measure: Int?
  private(set) var name: Int?
  private(set) var status: Int?
  /// Dimensions, with the folded values that count.
  private(set) var only: [(position: Int, values: Set<String>)] = []
  /// Of a closed layout, the columns that it does not declare.
  private(set) var undeclared: [Int] = []
  private(set) var figures: [Figures] = []
  /// Of a table with a column a year, how many that name a year are none of the layout's.
  private(set) var unusedCount = 0
  private(set) var territoryReading = ""
  /// Those in which activities may be written; the first that knows a code counts.
  var classifications: [String] = []

  /// `groups`: the codes of A5. What names of columns have in its place may be another thing.
  init(_ layout: AggregateLayout, _ reader: TableReader, groups: Set<String>) throws(Problem) {
    let folded = reader.columns.map(Self.folded)
    // A column of Essor's own, of simulated tables.
    var declared = Set(folded.indices.filter { ["origine", "origin"].contains(folded[$0]) })
    for column in layout.columns {
      let found = Self.positions(column, folded)
      for (index, one) in found.enumerated() where found[..<index].contains(where: { $0.binding == one.binding }) {
        throw reader.repeated(reader.columns[one.position])
      }
      declared.formUnion(found.map(\.position))
      guard let first = found.first?.position else { continue }
      switch column.role {
      case .territory: (territory, territoryReading) = (first, column.reading)
      case .level: level = first
      case .year: year = first
      case .quarter: quarter = first
      case .field: field = first
      case .family: family = first
      case .activity:
        activity = first
        classifications = column.reading.split(separator: "|").map(String.init)
      case .name: name = first
      case .status: status = first
      case .only: only.append((first, Set(column.reading.split(separator: "|").map { String($0).folded })))
      case .measure: measure = first
      case .value:
        figures.append(
          .init(position: first, measure: nil, year: nil, activity: nil, isWhole: column.reading == "count"))
      case .figure(let measure):
        figures += found.compactMap { position, binding -> Figures? in
          if let group = binding["a5"], group != "tot", !groups.contains(group.uppercased()) { return nil }
          return Figures(
            position: position, measure: measure,
            year: binding["year"].flatMap(Int.init) ?? binding["yy"].flatMap(Self.century),
            activity: binding["a5"].map { $0 == "tot" ? "" : $0.uppercased() }, isWhole: column.reading == "count")
        }
      }
    }
    if layout.columns.contains(where: { column in column.names.contains { $0.contains("{year}") } }) {
      unusedCount = folded.indices.count { !declared.contains($0) && Self.namesYear(folded[$0]) }
    }
    if layout.isClosed { undeclared = folded.indices.filter { !declared.contains($0) } }
  }

  /// Four digits, whether they can be a year or not: `effectif2024`, `effectifssalaries2034`.
  private static func namesYear(_ name: String) -> Bool {
    name.split(whereSeparator: { !($0.isASCII && $0.isNumber) }).contains { $0.utf8.count == 4 }
  }

  mutating func note(grouping: [Int: Set<UInt8>]) {
    for index in figures.indices { figures[index].grouping = grouping[figures[index].position] ?? [] }
  }

  /// Two digits of a year since 1993: CLAP has them in the names of its columns.
  private static func century(_ text: String) -> Int? { Int(text).map { $0 < 93 ? 2000 + $0 : 1900 + $0 } }

  static func folded(_ name: String) -> String {
    // The placeholders keep their braces.
    var text = ""
    for part in name.split(separator: "{", omittingEmptySubsequences: false) {
      if let end = part.firstIndex(of: "}") {
        text += "{" + part[..<end] + "}" + String(part[part.index(after: end)...]).foldedInside
      } else {
        text += String(part).foldedInside
      }
    }
    return text
  }

  static func holds(_ column: AggregateLayout.Column, _ folded: [String]) -> Bool {
    !positions(column, folded).isEmpty
  }

  /// Where a column stands, by the first of its names that is there; several times where its name has a placeholder.
  private static func positions(
    _ column: AggregateLayout.Column, _ folded: [String]
  ) -> [(position: Int, binding: [String: String])] {
    for name in column.names {
      let found = folded.enumerated().compactMap { position, text in match(name, text).map { (position, $0) } }
      if !found.isEmpty { return found }
    }
    return []
  }

  /// What the placeholders of a pattern stand for in a name; nil where the name is another.
  static func match(_ pattern: String, _ name: String) -> [String: String]? {
    var binding: [String: String] = [:]
    var rest = Substring(name)
    var pattern = Substring(pattern)
    while let first = pattern.first {
      guard first == "{", let end = pattern.firstIndex(of: "}") else {
        guard rest.first == first else { return nil }
        rest.removeFirst()
        pattern.removeFirst()
        continue
      }
      let key = String(pattern[pattern.index(after: pattern.startIndex)..<end])
      pattern = pattern[pattern.index(after: end)...]
      let length: Int
      switch key {
      case "year": length = 4
      case "yy": length = 2
      default: length = rest.hasPrefix("tot") ? 3 : 2
      }
      let value = rest.prefix(length)
      guard value.count == length, key == "a5" || value.allSatisfy({ $0.isASCII && $0.isNumber }),
        key != "a5" || value == "tot" || value.allSatisfy(\.isLetter),
        key != "year" || Int(value).map({ Years.told ~= $0 }) == true,
        key != "yy" || century(String(value)).map({ Years.told ~= $0 }) == true
      else { return nil }
      binding[key] = String(value)
      rest = rest.dropFirst(length)
    }
    return rest.isEmpty ? binding : nil
  }
}

extension String {
  /// Folded, without the spaces: names of columns are one word or several as it comes.
  fileprivate var foldedInside: String { String(folded.filter { $0 != " " }) }
}
