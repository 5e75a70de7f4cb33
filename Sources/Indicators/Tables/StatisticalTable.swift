package import Secrecy
internal import Territory
package import Wording

/// A table filled from a release: what every format, page and print is made of.
///
/// A cell is at a member of each axis and in a column. The first axis is always the territories, the second the years:
/// a table of one territory and one year has one member in each.
package struct StatisticalTable: Sendable {
  package struct Axis: Sendable {
    package enum Role: String, Sendable { case area, time, classification }

    package let id: String
    package let label: Label
    package let role: Role
    package let members: [Member]

    package init(_ id: String, _ label: Label, _ role: Role, _ members: [Member]) {
      self.id = id
      self.label = label
      self.role = role
      self.members = members
    }
  }

  package struct Member: Sendable, Equatable {
    package let code: String
    package let label: Label
    /// How deep it stands below the widest total, for indentation.
    package let depth: Int
    package let isTotal: Bool

    package init(_ code: String, _ label: Label, depth: Int = 0, isTotal: Bool = false) {
      self.code = code
      self.label = label
      self.depth = depth
      self.isTotal = isTotal
    }
  }

  /// A class, for every figure of the column holds it.
  package final class Column: Sendable {
    package let id: String
    package let label: Label
    /// For the head of a narrow column.
    package let short: Label
    package let unit: Unit
    package let decimals: Int

    package init(_ id: String, _ label: Label, short: Label, _ unit: Unit, decimals: Int) {
      self.id = id
      self.label = label
      self.short = short
      self.unit = unit
      self.decimals = decimals
    }
  }

  /// What a figure is counted in: `share/indicators/units.csv`.
  package struct Unit: Sendable, Equatable {
    package let code: String
    /// `%`, `€`, or nothing.
    package let symbol: String
    package let label: Label

    package init(_ code: String, symbol: String, _ label: Label) {
      self.code = code
      self.symbol = symbol
      self.label = label
    }
  }

  /// What a reader must know to use the figures rightly.
  package struct Note: Sendable, Equatable {
    package enum Kind: String, Sendable { case figures, scope, comparability, perimeter, source, secrecy, warning }
    package let kind: Kind
    package let text: Label

    package init(_ kind: Kind, _ text: Label) {
      self.kind = kind
      self.text = text
    }
  }

  /// Where the figures come from: enough to find each again.
  package struct Origin: Sendable, Equatable {
    package struct Source: Sendable, Equatable {
      package let name: String
      package let vintage: String
      package let publisher: String
      package let sha256: [String]

      package init(_ name: String, vintage: String, publisher: String, sha256: [String]) {
        self.name = name
        self.vintage = vintage
        self.publisher = publisher
        self.sha256 = sha256
      }
    }

    package let release: String
    package let program: String
    package let isSimulated: Bool
    package let perimeter: String
    package let perimeterTitle: Label
    package let perimeterVersion: String
    /// Of the file of its rules, as the release was built with them; nothing where it is not known.
    package let perimeterSHA256: String
    /// Some of its rules await verification.
    package let isProvisional: Bool
    /// Options of the perimeter that differ from its own.
    package let options: [String: String]
    /// The profiles that let the figures out.
    package let secrecy: [String]
    /// Nothing was held back: for those who hold the data only.
    package let isUnprotected: Bool
    package let sources: [Source]
    /// By country of the table, its years whose headcounts are still to come.
    package let awaitedYears: [String: [Int]]

    package init(
      release: String, program: String, isSimulated: Bool, perimeter: String, perimeterTitle: Label,
      perimeterVersion: String, perimeterSHA256: String = "", isProvisional: Bool, options: [String: String],
      secrecy: [String], isUnprotected: Bool, sources: [Source], awaitedYears: [String: [Int]] = [:]
    ) {
      self.release = release
      self.program = program
      self.isSimulated = isSimulated
      self.perimeter = perimeter
      self.perimeterTitle = perimeterTitle
      self.perimeterVersion = perimeterVersion
      self.perimeterSHA256 = perimeterSHA256
      self.isProvisional = isProvisional
      self.options = options
      self.secrecy = secrecy
      self.isUnprotected = isUnprotected
      self.sources = sources
      self.awaitedYears = awaitedYears
    }

    /// What lies in several countries is as settled as the least settled of them.
    fileprivate func awaits(_ year: String, in area: String) -> Bool {
      guard let year = Int(year) else { return false }
      return area.split(separator: Territory.together).contains { part in
        let own = awaitedYears[String(part.prefix(2))]
        return own?.contains(year) ?? awaitedYears.values.contains { $0.contains(year) }
      }
    }
  }

  /// Where a figure comes from: its table, and what that was made of. One for all figures of the table.
  package final class Provenance: Sendable {
    package let table: String
    package let origin: Origin

    init(table: String, _ origin: Origin) {
      self.table = table
      self.origin = origin
    }
  }

  package let id: String
  package let title: Label
  package let description: Label
  package let axes: [Axis]
  package let columns: [Column]
  /// In the order of the axes, the last one running fastest, then of the columns.
  package let cells: [Cell]
  package let notes: [Note]
  package let provenance: Provenance
  package var origin: Origin { provenance.origin }
  /// By territory and year, whether headcounts are still to come; empty where none are.
  private let awaited: [Bool]
  private let rowsOfYear: Int

  package init(
    id: String, title: Label, description: Label, axes: [Axis], columns: [Column], cells: [Cell], notes: [Note],
    origin: Origin
  ) {
    precondition(
      cells.count == axes.map(\.members.count).reduce(columns.count, *), "a cell for each place in the table")
    self.id = id
    self.title = title
    self.description = description
    self.axes = axes
    self.columns = columns
    self.cells = cells
    self.notes = notes
    provenance = Provenance(table: id, origin)
    let isSettled = axes.count < 2 || origin.awaitedYears.values.allSatisfy(\.isEmpty)
    rowsOfYear = axes.dropFirst(2).map(\.members.count).reduce(1, *)
    awaited =
      isSettled
      ? []
      : axes[0].members.flatMap { area in axes[1].members.map { origin.awaits($0.code, in: area.code) } }
  }

  /// How many rows: one for each combination of members.
  package var rowCount: Int { axes.map(\.members.count).reduce(1, *) }

  package subscript(row: Int, column: Int) -> Cell { cells[row * columns.count + column] }

  /// The same with all that goes with it.
  package func figure(_ row: Int, _ column: Int) -> Figure {
    let isAwaited = !awaited.isEmpty && awaited[row / rowsOfYear]
    return Figure(self[row, column], columns[column], isAwaited: isAwaited, provenance)
  }

  /// Which member of each axis a row is of.
  package func members(of row: Int) -> [Int] {
    var rest = row
    var found = [Int](repeating: 0, count: axes.count)
    for (position, axis) in axes.enumerated().reversed() {
      found[position] = rest % axis.members.count
      rest /= axis.members.count
    }
    return found
  }
}
