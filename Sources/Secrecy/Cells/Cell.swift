/// A figure as it leaves a release: the only form in which any other module sees one.
///
/// Only this module makes one that is published. Everything that is derived from cells (shares, quotients, changes) is
/// made of them by `CellArithmetic`, so that nothing can be computed from what is hidden.
package struct Cell: Sendable, Equatable {
  package enum Status: String, Sendable, CaseIterable {
    case published
    /// Nothing was counted: a true zero.
    case zero
    /// Statistical secrecy; which rule hid it is nobody's business.
    case suppressed
    case notAvailable = "not_available"
    case notComparable = "not_comparable"

    package var hasValue: Bool { self == .published || self == .zero }
  }

  package let status: Status
  package let value: Double?
  /// Bounds of what is estimated, or of what those who are known have.
  package let low: Double?
  package let high: Double?
  package let basis: Basis
  /// Establishments whose size is unknown or has no upper bound: the interval leaves them aside.
  package let unbounded: Int
  /// How well the activities of its contributors are known in the 88 divisions.
  package let mapping: Mapping?

  init(
    _ status: Status, value: Double? = nil, low: Double? = nil, high: Double? = nil, basis: Basis = .exact,
    unbounded: Int = 0, mapping: Mapping? = nil
  ) {
    self.status = status
    self.value = value
    self.low = low
    self.high = high
    self.basis = basis
    self.unbounded = unbounded
    self.mapping = mapping
  }

  /// What a figure rests on: counted, estimated between two bounds, partly known (some of those who should contribute
  /// say nothing, so that it is a least), in proportion, or not there.
  package enum Basis: String, Sendable {
    case exact, estimated, partial
    /// The part of a commune of today that was another one: in proportion to its people.
    case approximated
    /// Both: the part of a sum that is itself a least.
    case approximatedPartial = "approximated_partial"
    /// Both: the part of a sum that is itself estimated, between bounds in the same proportion.
    case approximatedEstimated = "approximated_estimated"
    /// A band that holds it, and no more.
    case banded
    case missing = "not_available"

    package init(isPartial: Bool, isEstimated: Bool, isApproximated: Bool) {
      self =
        switch (isPartial, isEstimated, isApproximated) {
        case (true, _, true): .approximatedPartial
        case (false, true, true): .approximatedEstimated
        case (false, false, true): .approximated
        case (true, _, false): .partial
        case (false, true, false): .estimated
        case (false, false, false): .exact
        }
    }

    /// Some of those who should contribute say nothing.
    package var isPartial: Bool { self == .partial || self == .approximatedPartial }
    package var isEstimated: Bool { self == .estimated || self == .approximatedEstimated }
    package var isApproximated: Bool {
      self == .approximated || self == .approximatedPartial || self == .approximatedEstimated
    }
  }

  /// Parts of a figure, from 0 to 1, by how their activity was carried to the 88 divisions; the rest was exact.
  ///
  /// In thousandths, for more would say what the figure was made of; a part that is there is never nothing.
  package struct Mapping: Sendable, Equatable {
    package let approximate: Double
    package let none: Double
    package var exact: Double { max(0, 1 - approximate - none) }

    init(approximate: Double, none: Double) {
      self.approximate = Self.told(approximate)
      self.none = Self.told(none)
    }

    private static func told(_ part: Double) -> Double {
      part > 0 ? max((part * 1000).rounded() / 1000, 0.0001) : 0
    }
  }

  /// The upper bound of the whole: none where something is left out.
  package var upperBound: Double? { basis.isPartial || basis == .approximated ? nil : high }

  /// A figure that its publisher shows to everybody; a least where he hides some of its parts.
  package static func published(_ value: Double?, hidden: Int) -> Cell {
    guard let value else { return hidden > 0 ? suppressed : notAvailable }
    return Cell(
      value == 0 ? .zero : .published, value: value, low: value, high: value, basis: hidden > 0 ? .partial : .exact,
      unbounded: hidden)
  }

  package static let notAvailable = Cell(.notAvailable, basis: .missing)
  package static let notComparable = Cell(.notComparable, basis: .missing)
  package static let zero = Cell(.zero, value: 0, low: 0, high: 0)
  static let suppressed = Cell(.suppressed, basis: .missing)
}
