internal import Tabular

/// How a simulated register says so in its text, as `Simulator` writes it: nothing made from it may pass for real.
enum SimulatedRegister {
  /// The name of the first unit, and the sign of the first establishment, of a simulated file of SIRENE.
  static func names(_ field: Field) -> Bool { field.equals("SIMULE PAR ESSOR") }
  /// The variable of `meta.csv` of a simulated KBO.
  static func isVariable(_ field: Field) -> Bool { field.equals("Simulated") }
}
