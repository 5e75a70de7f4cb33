internal import Territory

/// The years of which a file may tell figures: none that has not begun.
enum Years {
  /// A computer that has lost its clock still reads what was published before this was written.
  static let told: ClosedRange<Int> = 1900...max(2026, Day.today.year)
}
