import Testing

@testable import Console

@Suite("Progress")
struct ProgressBarTests {
  static let label = "Lezen en controleren van de bestanden"  // 37 characters

  @Test(arguments: 72...200)
  func `a long label is whole, and the line fits`(width: Int) {
    for fraction in [-1, 0, 0.5, 1, 2] {
      let line = ProgressBar.line(Self.label, fraction, "nog 120 s", width: width)
      #expect(line.hasPrefix(Self.label + " ") && line.hasSuffix(" nog 120 s") && line.count <= width, "\(line)")
    }
  }

  @Test(arguments: 1..<72)
  func `a narrow terminal never gets more than it can show`(width: Int) {
    #expect(ProgressBar.line(Self.label, 0.3, "nog 120 s", width: width).count <= max(1, width))
  }
}
