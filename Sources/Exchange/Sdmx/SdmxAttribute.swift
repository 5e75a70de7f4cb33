package import Indicators
import Secrecy

/// What goes with a figure, in the order in which files have it.
package enum SdmxAttribute: String, Sendable, CaseIterable {
  case status = "OBS_STATUS"
  case confidentiality = "CONF_STATUS"
  case basis = "BASIS"
  case low = "LOWER_BOUND"
  case high = "UPPER_BOUND"
  case unit = "UNIT_MEASURE"
  case multiplier = "UNIT_MULT"
  case decimals = "DECIMALS"

  package var isOfMeasure: Bool { self == .unit || self == .multiplier || self == .decimals }
  package var isMandatory: Bool { self != .low && self != .high }

  /// The list that its values are from; the others are numbers.
  package var list: String? {
    switch self {
    case .status, .confidentiality, .basis: SdmxID.list(rawValue)
    case .unit: SdmxID.list("UNIT")
    case .low, .high, .multiplier, .decimals: nil
    }
  }

  package var isWhole: Bool { self == .multiplier || self == .decimals }

  static let ofMeasures = allCases.filter(\.isOfMeasure)
  static let ofObservations = allCases.filter { !$0.isOfMeasure }

  /// Nil where there is nothing to say. Bounds are for what is not exact.
  package func value(_ figure: Figure) -> String? {
    switch self {
    case .status: SdmxStatus.observation(figure).rawValue
    case .confidentiality: SdmxStatus.confidentiality(figure.cell).rawValue
    case .basis: SdmxID.code(figure.cell.basis.rawValue)
    case .low: bound(figure, figure.low)
    case .high: bound(figure, figure.upperBound)
    case .unit: SdmxID.code(figure.unit.code)
    case .multiplier: "0"
    case .decimals: String(figure.precision)
    }
  }

  private func bound(_ figure: Figure, _ bound: Double?) -> String? {
    figure.cell.basis == .exact ? nil : bound.map(Self.text)
  }

  /// The value of a figure, where it has one: the number that every format has.
  static func observation(_ figure: Figure) -> String? { figure.value.map(text) }

  private static func text(_ number: Double) -> String {
    var bytes: [UInt8] = []
    bytes.append(published: number)
    return String(decoding: bytes, as: UTF8.self)
  }
}
