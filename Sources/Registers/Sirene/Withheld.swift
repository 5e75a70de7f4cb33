internal import Tabular

extension Field {
  /// SIRENE writes `[ND]` (non diffusé) for what a person wishes not to be told: it is no value.
  @inline(__always)
  var unlessWithheld: Field { unless("[ND]") }
}
