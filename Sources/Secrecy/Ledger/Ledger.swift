/// What made the figures of one release become those of another, to the last unit (docs/decisions/0016).
///
/// Both sides ask for the same groups: members and places in one order, whatever numbers each file gives to classes and
/// communes. What a unit brings more or less to a group goes whole to one reason, so that the parts of a change add up.
package struct Ledger {
  package enum Reason: String, Sendable, CaseIterable {
    /// From one year to the other, by the same release.
    case reality
    /// Files say something else of the same year: who employs, where, what he is, how much.
    case register
    /// The same facts are judged otherwise.
    case perimeter
    /// The same activity is carried to another division.
    case nomenclature
    /// The same commune counts elsewhere.
    case territory
    /// What is published of one release and hidden in the other.
    case secrecy
  }

  /// A release at one year.
  package struct Side {
    let facts: Facts
    let question: Question
    let year: Int

    /// `question`: of one year.
    package init(_ facts: Facts, _ question: Question) {
      precondition(question.years.count == 1, "a side is of one year")
      self.facts = facts
      self.question = question
      year = question.years[0]
    }
  }

  private let before: Side
  private let between: Side?
  private let after: Side
  private let measure: String

  /// `between`: the second release at the year of the first, where it knows that year. What happened from one year to
  /// the other is then told apart from what was corrected.
  package init(from before: Side, through between: Side? = nil, to after: Side, measure: String) {
    self.before = before
    self.between = between
    self.after = after
    self.measure = measure
  }

  /// `reader`: the rules under which the reader sees figures; `inForce`: those under which they are published.
  /// `explained`: the group whose largest changes are told unit by unit, to a reader who may see them.
  package func account(
    _ reader: Gate, inForce: Gate, explained: Int, atMost count: Int = 10
  ) throws -> LedgerAccount {
    let unit = LedgerUnit(measure, [before, after])
    let book = try entries(unit)
    let seen = (try cells(before, reader), try cells(after, reader))
    if reader.isOpen {
      let published = (try cells(before, inForce), try cells(after, inForce))
      let rows = book.before.indices.map { key in
        LedgerRow(book, key, unit, (seen.0[key], seen.1[key]), published: (published.0[key], published.1[key]))
      }
      return LedgerAccount(rows: rows, largest: book.largest(explained, atMost: count, unit))
    }
    let isSeen = book.before.indices.map { seen.0[$0].status.hasValue && seen.1[$0].status.hasValue }
    let rules = LedgerRules(reader, unit, countries)
    let protection = LedgerProtection(
      book, isSeen, KeyContainment([before.question, after.question]), rules,
      perPlace: after.question.dimensions.map(\.count).reduce(1, *))
    let rows = book.before.indices.map { key in
      LedgerRow(book, key, unit, (seen.0[key], seen.1[key]), protection)
    }
    return LedgerAccount(rows: rows, largest: [])
  }

  /// Of the places of both sides, where the rules of a country hold.
  private var countries: [Set<String>] {
    zip(before.question.places.countries, after.question.places.countries).map { $0.union($1) }
  }

  private func entries(_ unit: LedgerUnit) throws -> LedgerBook {
    let order = UnitReader.order([before, after])
    var book = LedgerBook(keys: KeyFinder(before.facts, before.question).count, countries: order)
    let isSameYear = before.year == after.year
    if let between, !isSameYear {
      try LedgerWalk(before, between, unit, order).record(in: &book)
      try LedgerWalk(between, after, unit, order, always: .reality).record(in: &book)
    } else {
      try LedgerWalk(before, after, unit, order, otherwise: isSameYear ? .register : .reality).record(in: &book)
    }
    return book
  }

  private func cells(_ side: Side, _ gate: Gate) throws -> [Cell] {
    var question = side.question
    question.measures = [measure]
    question.concentration = nil
    return try Tabulation(side.facts, question).cells(gate).cells
  }
}

/// The rows of a ledger, by group, and the units that changed most where the reader may see them.
package struct LedgerAccount: Sendable {
  package let rows: [LedgerRow]
  package let largest: [UnitChange]

  package struct UnitChange: Sendable, Equatable {
    package let country: String
    package let number: Int64
    package let reason: Ledger.Reason
    package let change: Double
  }
}
