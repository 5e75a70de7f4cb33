package import Indicators
package import Secrecy

/// What SDMX says of a figure beside its value.
///
/// The codes are those of CL_OBS_STATUS 2 and CL_CONF_STATUS 1. One code of secrecy serves for all that is hidden:
/// which rule hid it, or whether it was hidden for the sake of another, would say where the sensitive figure is. What
/// these lists cannot tell apart, our own BASIS does.
package enum SdmxStatus {
  package enum Observation: String, Sendable, CaseIterable {
    case normal = "A"
    case estimated = "E"
    /// It will be revised; what it rests on, BASIS says.
    case provisional = "P"
    /// Some of those who should contribute say nothing: a least, which SDMX has no word for.
    case lowReliability = "U"
    case missing = "O"
    /// Not comparable: there is no such figure.
    case cannotExist = "M"
    case suppressed = "Q"
  }

  package enum Confidentiality: String, Sendable, CaseIterable {
    case free = "F"
    case confidential = "C"
  }

  package static func observation(_ figure: Figure) -> Observation {
    if figure.quality == .provisional { return .provisional }
    let cell = figure.cell
    switch cell.status {
    case .suppressed: return .suppressed
    case .notAvailable: return .missing
    case .notComparable: return .cannotExist
    case .published, .zero:
      switch cell.basis {
      case .exact: return .normal
      case .partial, .approximatedPartial: return .lowReliability
      case .estimated, .approximated, .approximatedEstimated, .banded: return .estimated
      case .missing: return .missing
      }
    }
  }

  package static func confidentiality(_ cell: Cell) -> Confidentiality {
    cell.status == .suppressed ? .confidential : .free
  }
}

extension Cell.Basis {
  static let inSdmx: [Cell.Basis] = [
    .exact, .estimated, .partial, .approximated, .approximatedPartial, .approximatedEstimated, .banded, .missing,
  ]
}
