internal import Diagnostics
internal import DuckStore
internal import Filesystem
internal import Nomenclature
package import Perimeter
internal import Territory

/// What `essor check` finds: the account of every file, and whether the release holds what it promises.
///
/// A file that is gone or unreadable is a finding like another: the report goes on.
package struct Check: Codable, Sendable {
  package struct Test: Codable, Sendable {
    package let name: String
    package let passed: Bool
    package let count: Int
    package let failures: Int
    /// The first things that failed, by name.
    package let failing: [String]

    init(_ name: String, count: Int, failing: [String], failures: Int? = nil) {
      self.name = name
      self.count = count
      self.failures = failures ?? failing.count
      self.failing = Array(failing.prefix(10))
      passed = self.failures == 0
    }
  }

  /// How many of the employers that the perimeter in force takes in have accounts of a year, in Belgium.
  package struct AccountCoverage: Codable, Sendable, Equatable {
    package let year: Int
    package let employers: Int
    package let filed: Int
  }

  package let release: String?
  package let simulated: Bool
  package let files: [FileAccount]
  package let use: Manifest.Use?
  package let sireneDates: SireneDates?
  package let coverage: [Manifest.Coverage]
  package let matching: [Manifest.Matching]
  package let accounts: Manifest.Accounts?
  package let accountCoverage: [AccountCoverage]
  package let quality: [Test]
  /// Published figures beside those of the release.
  package let published: [Comparison]
  /// Imported since this release was built: a build takes them in.
  package let unused: [String]
  /// Imported, and of no use to any build.
  package let ignored: [PassedOver]

  package var passed: Bool { quality.allSatisfy(\.passed) }

  /// `unreadable`: the manifest of the release, where it is there and cannot be read; `published`: figures to set
  /// beside those of a release that is sound.
  package init(
    _ observatory: Observatory, _ release: ReleaseFolder?, _ perimeters: [Perimeter], unreadable: String? = nil,
    published: ((Release) throws -> [Comparison])? = nil
  ) throws {
    let archive = try SourceArchive(observatory, tolerant: true)
    let beside = Source.beside.flatMap(archive.all).map(\.receipt)
    let receipts = release.map { $0.manifest.sources + beside } ?? archive.items.map(\.receipt)
    files = receipts.flatMap(\.files)
    self.release = release?.manifest.name
    simulated = receipts.contains(where: \.simulated)
    use = release?.manifest.use
    sireneDates = release?.manifest.sireneDates
    coverage = release?.manifest.coverage ?? []
    matching = release?.manifest.matching ?? []
    accounts = release?.manifest.accounts
    var tests = [
      Test("receipts", count: archive.items.count + archive.damaged.count, failing: archive.damaged),
      Test("reconciliation", count: files.count, failing: files.filter { !$0.isBalanced }.map(\.label)),
      Self.fingerprints("fingerprints", archive.items.flatMap(\.stored)),
    ]
    if let release {
      tests.append(Self.sources(of: release.manifest, archive))
      let known = Set(release.manifest.sources.map { "\($0.source) \($0.vintage)" })
      let absent = archive.items.filter { item in
        !Source.beside.contains(item.source) && !archive.isSuperseded(item)
          && !known.contains("\(item.receipt.source) \(item.receipt.vintage)")
      }
      ignored = absent.compactMap(archive.passedOver).sorted { $0.file < $1.file }
      unused = absent.filter { archive.passedOver($0) == nil }
        .map { "\($0.receipt.source) \($0.receipt.vintage)" }.sorted()
    } else {
      (unused, ignored) = ([], [])
    }
    if let unreadable { tests.append(Test("manifest", count: 1, failing: [unreadable])) }
    var filed: [AccountCoverage] = []
    if let release { tests += try Self.tests(release, perimeters, &filed) }
    accountCoverage = filed
    quality = tests
    if let release, let published, tests.allSatisfy(\.passed) {
      self.published = try published(Release(release))
    } else {
      self.published = []
    }
  }

  /// What the release was built from is still here, with the receipts that it had then.
  private static func sources(of manifest: Manifest, _ archive: SourceArchive) -> Test {
    let failing = manifest.sources.filter { receipt in !archive.items.contains { $0.receipt == receipt } }
    return Test(
      "release_sources", count: manifest.sources.count, failing: failing.map { "\($0.source) \($0.vintage)" })
  }

  /// A file passes if it is there and is still what it was.
  private static func fingerprints(_ name: String, _ files: [(path: String, sha256: String)]) -> Test {
    let failing = files.filter { path, sha256 in
      do throws(Problem) { return try Fingerprint.of(file: path) != sha256 } catch { return true }
    }
    return Test(name, count: files.count, failing: failing.map(\.path))
  }

  private static func tests(
    _ folder: ReleaseFolder, _ perimeters: [Perimeter], _ filed: inout [AccountCoverage]
  ) throws -> [Test] {
    let manifest = folder.manifest
    let sealed = Test("manifest", count: 1, failing: try folder.isSealed ? [] : ["\(folder.path)/manifest.json"])
    let outputs = fingerprints("release_files", manifest.files.map { ("\(folder.path)/\($0.file)", $0.sha256) })
    // Tables that are not what was written would only give misleading findings.
    guard sealed.passed, outputs.passed else { return [sealed, outputs] }
    let release = try Release(folder)
    func count(_ sql: String) throws -> Int { try release.store.rows(sql).first?.first?.integer ?? 0 }
    let bad = try count(
      "SELECT count(*) FROM cube WHERE low > value OR value > high OR largest + second > high + 1e-9 OR units > contributors OR contributors < 1"
    )
    let cells = Test("cells", count: try count("SELECT count(*) FROM cube"), failing: [], failures: bad)
    filed = try accountCoverage(release)
    return [sealed, outputs, cells, try agreement(release, perimeters)] + (try matches(release))
  }

  /// Where there are accounts or matches: two sides that are equal, units that are there.
  private static func matches(_ release: Release) throws -> [Test] {
    func count(_ sql: String) throws -> Int { try release.store.rows(sql).first?.first?.integer ?? 0 }
    var tests: [Test] = []
    let deposits = try count("SELECT count(DISTINCT deposit) FROM accounts")
    if deposits > 0 {
      let failing = try release.store.rows(
        """
        SELECT deposit FROM accounts WHERE rubric IN ('20/58', '10/49') GROUP BY deposit
        HAVING count(*) = 2 AND abs(max(value) - min(value)) > 1.001 ORDER BY deposit
        """)
      tests.append(Test("accounts_balance", count: deposits, failing: failing.map(\.[0].text)))
    }
    let matches = try count("SELECT count(*) FROM matches")
    if matches > 0 {
      let failing = try release.store.rows(
        """
        SELECT source, record FROM matches m WHERE confidence NOT BETWEEN 0 AND 1
          OR status IN ('sure', 'accepted') AND NOT EXISTS (
            SELECT 1 FROM units u WHERE u.country = m.country AND u.id = m.unit) ORDER BY ALL
        """)
      tests.append(Test("matches", count: matches, failing: failing.map { "\($0[0].text) \($0[1].text)" }))
    }
    return tests
  }

  private static func accountCoverage(_ release: Release) throws -> [AccountCoverage] {
    // In two steps: asking within one query whether there are any accounts has kept the engine waiting for itself.
    guard try release.store.rows("SELECT 1 FROM accounts LIMIT 1").first != nil else { return [] }
    let perimeter = sqlText(release.manifest.perimeter)
    return try release.store.rows(
      """
      WITH ess AS (
        SELECT DISTINCT e.year, e.unit FROM employers e
          SEMI JOIN (SELECT profile FROM decisions WHERE perimeter = \(perimeter) AND family IS NOT NULL) d
            ON d.profile = e.unit_profile
        WHERE e.country = 'BE')
      SELECT s.year::INTEGER, count(*)::BIGINT, count(f.enterprise)::BIGINT FROM ess s
        LEFT JOIN (SELECT DISTINCT year, enterprise FROM accounts) f ON f.year = s.year AND f.enterprise = s.unit
      GROUP BY s.year ORDER BY s.year
      """
    ).map { AccountCoverage(year: $0[0].integer ?? 0, employers: $0[1].integer ?? 0, filed: $0[2].integer ?? 0) }
  }

  /// The SQL that judged all units and the Swift that judges one must say the same of every combination.
  private static func agreement(_ release: Release, _ perimeters: [Perimeter]) throws -> Test {
    var count = 0
    var failing: [String] = []
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
          failing.append("\(perimeter.id): \(row[..<5].map(\.text).joined(separator: " "))")
        }
      }
    }
    return Test("perimeter_agreement", count: count, failing: failing, failures: failing.count)
  }
}
