import Testing

@testable import Indicators

@Suite("What revisions are measured against")
struct BesideReleaseTests {
  @Test func `releases that are not of a later day, the oldest first`() {
    let folder = ["2025-01-01-c2dd", ".partial", "2026-01-01-0a0a", "2024-01-01-1d80", "2025-01-01-0b1c", "first"]
    #expect(
      BesideRelease.names(in: folder, before: "2025-01-01-c2dd") == ["2024-01-01-1d80", "2025-01-01-0b1c", "first"])
    #expect(BesideRelease.names(in: folder, before: "2024-01-01-1d80") == ["first"])
    // Nobody knows the day of a name.
    #expect(BesideRelease.names(in: folder, before: "first").count == 4)
  }
}
