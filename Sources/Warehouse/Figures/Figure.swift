/// A figure with what it rests on: counted, estimated between two bounds, partly known (some of those who should
/// contribute say nothing, so that it is a least), or not there.
package struct Figure: Sendable, Equatable {
  package enum Basis: String, Sendable {
    case exact, estimated, partial
    /// The part of a commune of today that was another one: in proportion to its people.
    case approximated
    /// Both: the part of a sum that is itself a least.
    case approximatedPartial = "approximated_partial"
    /// Both: the part of a sum that is itself estimated, between bounds in the same proportion.
    case approximatedEstimated = "approximated_estimated"
    case missing = "not_available"

    /// Some of those who should contribute say nothing.
    package var isPartial: Bool { self == .partial || self == .approximatedPartial }
    package var isEstimated: Bool { self == .estimated || self == .approximatedEstimated }
    package var isApproximated: Bool {
      self == .approximated || self == .approximatedPartial || self == .approximatedEstimated
    }
  }

  package var value: Double?
  package var low: Double?
  package var high: Double?
  package var basis: Basis
  /// Establishments whose size is unknown or has no upper bound: the interval leaves them aside.
  package var unbounded: Int
  /// How well the activities of its contributors are known in the 88 divisions.
  package var mapping: Mapping?

  /// Parts of a figure, from 0 to 1, by how their activity was carried to the 88 divisions; the rest was exact.
  package struct Mapping: Sendable, Equatable {
    package let approximate: Double
    package let none: Double
    package static let allExact = Mapping(approximate: 0, none: 0)
    package var exact: Double { max(0, 1 - approximate - none) }
  }

  package init(
    value: Double? = nil, low: Double? = nil, high: Double? = nil, basis: Basis, unbounded: Int = 0,
    mapping: Mapping? = nil
  ) {
    self.mapping = mapping
    self.value = value
    self.low = low
    self.high = high
    self.basis = basis
    self.unbounded = unbounded
  }

  /// The upper bound of the whole: none where something is left out.
  package var upperBound: Double? { basis.isPartial || basis == .approximated ? nil : high }

  /// A sum to which nobody contributed says nothing, not zero.
  var withoutValueIfMissing: Figure { basis == .missing ? Figure(basis: .missing, unbounded: unbounded) : self }

  /// The same sum, of a part only.
  var asPartial: Figure {
    Figure(
      value: value, low: low, high: high, basis: basis.isApproximated ? .approximatedPartial : .partial,
      unbounded: unbounded, mapping: mapping)
  }

  /// The same sum in a proportion that is itself an approximation. What was counted has no bounds any more; those of a
  /// least say how many those who are known have, those of an estimate what the bands allow: they stay, in proportion.
  var asApproximated: Figure {
    if basis == .missing { return self }
    guard basis.isPartial || basis.isEstimated else {
      return Figure(value: value, basis: .approximated, unbounded: unbounded, mapping: mapping)
    }
    return Figure(
      value: value, low: low, high: high, basis: basis.isPartial ? .approximatedPartial : .approximatedEstimated,
      unbounded: unbounded, mapping: mapping)
  }

  /// Nothing was counted here: a true zero.
  package static let zero = Figure(value: 0, low: 0, high: 0, basis: .exact)
}
