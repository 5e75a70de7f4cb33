internal import Nomenclature
internal import Tabular

extension Field {
  /// Does it name a classification of activities that Essor does not know? Nothing, or what is withheld, names none.
  @inline(__always)
  var isUnknownScheme: Bool {
    // Nearly all rows have one of these two: no text is made of them.
    if equals("NAFRev2") || equals("NAF2025") || isEmpty || equals("[ND]") { return false }
    return ActivityScheme(sirene: text) == nil
  }
}
