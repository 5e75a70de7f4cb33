import DuckStore
internal import Diagnostics
import Filesystem
internal import Nomenclature
package import Perimeter

/// What `essor check` finds: the account of every file, and whether the release holds what it promises.
package struct Check: Codable, Sendable {
  package struct Test: Codable, Sendable {
    package let name: String
    package let passed: Bool
    package let count: Int
    package let failures: Int
  }

  package let release: String?
  package let simulated: Bool
  package let files: [FileAccount]
  package let use: Manifest.Use?
  package let quality: [Test]

  package var passed: Bool { quality.allSatisfy(\.passed) }

  /// `deep` also takes the fingerprints of the imported files anew.
  package init(_ observatory: Observatory, _ release: Release?, _ perimeters: [Perimeter], deep: Bool = true) throws {
    let archive = try SourceArchive(observatory)
    let receipts = release?.manifest.sources ?? archive.items.map(\.receipt)
    files = receipts.flatMap(\.files)
    self.release = release?.manifest.name
    simulated = receipts.contains(where: \.simulated)
    use = release?.manifest.use
    var tests = [
      Self.test("reconciliation", over: files) { $0.isBalanced }
    ]
    if deep {
      let stored = Self.storedFiles(archive)
      tests.append(try Self.test("fingerprints", over: stored) { try Fingerprint.of(file: $0.path) == $0.sha256 })
    }
    if let release { tests += try Self.releaseTests(release, perimeters) }
    quality = tests
  }

  private static func test<T>(_ name: String, over items: [T], _ holds: (T) throws -> Bool) rethrows -> Test {
    let failures = try items.filter { try !holds($0) }.count
    return Test(name: name, passed: failures == 0, count: items.count, failures: failures)
  }

  private static func storedFiles(_ archive: SourceArchive) -> [(path: String, sha256: String)] {
    var seen: Set<String> = []
    return archive.items.flatMap { item in
      item.receipt.files.compactMap { account in
        let path = "\(item.folder)/\(account.file.components(" › ")[0])"
        return seen.insert(path).inserted ? (path, account.sha256) : nil
      }
    }
  }

  private static func releaseTests(_ release: Release, _ perimeters: [Perimeter]) throws -> [Test] {
    let outputs = try test("release_files", over: release.manifest.files) {
      try Fingerprint.of(file: "\(release.folder)/\($0.file)") == $0.sha256
    }
    func count(_ sql: String) throws -> Int { try release.store.rows(sql).first?.first?.integer ?? 0 }
    let cells = try count("SELECT count(*) FROM cube")
    let bad = try count(
      "SELECT count(*) FROM cube WHERE low > value OR value > high OR largest + second > high + 1e-9 OR units > contributors OR contributors < 1"
    )
    let cube = Test(name: "cells", passed: bad == 0, count: cells, failures: bad)
    return [outputs, cube, try agreement(release, perimeters)]
  }

  /// The SQL that judged all units and the Swift that judges one must say the same of every combination.
  private static func agreement(_ release: Release, _ perimeters: [Perimeter]) throws -> Test {
    var count = 0
    var failures = 0
    for perimeter in perimeters {
      let rows = try release.store.rows(
        """
        SELECT p.country, p.form, p.activity_scheme, p.activity, p.lists, d.rule::INTEGER, d.family, d.subfamily
        FROM profiles p JOIN decisions d USING (profile) WHERE d.perimeter = \(sqlText(perimeter.id))
        """)
      for row in rows {
        let decision = perimeter.decide(
          UnitFacts(
            country: Country(rawValue: row[0].text) ?? .fr, form: row[1].text,
            activity: ActivityScheme(rawValue: row[2].text).map { Activity($0, row[3].text) },
            lists: Set(row[4].text.split(separator: "|").map(String.init))))
        let rule = decision.rule.flatMap { rule in perimeter.rules.firstIndex { $0.id == rule.id } } ?? -1
        count += 1
        if rule != row[5].integer || decision.family ?? "" != row[6].text || decision.subfamily ?? "" != row[7].text {
          failures += 1
        }
      }
    }
    return Test(name: "perimeter_agreement", passed: failures == 0, count: count, failures: failures)
  }
}
