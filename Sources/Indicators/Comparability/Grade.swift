/// How far a figure of one country is the same thing as that of the other.
package enum Grade: String, Sendable, CaseIterable, Comparable {
  case identical = "A"
  /// A gap that is small and known.
  case near = "B"
  case indicative = "C"
  case notComparable = "X"

  /// Whether figures of both countries may be added up.
  package var addsUp: Bool { self == .identical || self == .near }

  package static func < (one: Grade, other: Grade) -> Bool { one.rawValue < other.rawValue }
}
