import Diagnostics
import DuckStore
import Filesystem
import Matching
import Nomenclature
import Registers

/// After the registers: associations, accounts and lists, and which unit each of their records is.
struct SourceMatching {
  private let archive: SourceArchive
  private let stage: Stage
  private let rules: MatchingRules
  private let review: String
  private(set) var matching: [Manifest.Matching] = []
  private(set) var accounts: Manifest.Accounts?
  /// What is written for people once the release is there.
  private(set) var reviews: [ReviewFile] = []

  init(_ archive: SourceArchive, _ stage: Stage, _ rules: MatchingRules, review: String) {
    (self.archive, self.stage, self.rules, self.review) = (archive, stage, rules, review)
  }

  mutating func run(
    _ lists: MemberLists, provisional: [Country: [UInt64]], _ progress: StockReading.Progress
  ) throws {
    let table = try MatchTable(stage, rules.words)
    let associations = try readAssociations(table, provisional: provisional[.fr] ?? [], progress)
    try ListMatching(stage: stage, rules: rules, lists: lists, table: table, provisional: provisional).run()
    var accountStage = try AccountStage(stage)
    let items = archive.all(.nbb)
    if !items.isEmpty { try accountStage.read(items, progress: progress) }
    accounts = try accountStage.report()
    try report(lists, associations, table)
  }

  private mutating func readAssociations(
    _ table: MatchTable, provisional: [UInt64], _ progress: StockReading.Progress
  ) throws -> (file: ReviewFile, superseded: Int)? {
    let items = AssociationRegister.Layout.allCases.compactMap { archive.newest(.rna, of: $0.rawValue) }
    let file = try ReviewFile("\(review)/\(AssociationMatching.source).csv")
    var associations = try AssociationMatching(
      stage, rules, items.isEmpty ? [:] : file.decisions(of: .fr), table, provisional: provisional)
    guard !items.isEmpty else { return nil }
    try associations.read(items, progress: progress)
    try associations.run()
    return (file, associations.superseded)
  }

  // MARK: - For the manifest and for people

  private mutating func report(
    _ lists: MemberLists, _ associations: (file: ReviewFile, superseded: Int)?, _ table: MatchTable
  ) throws {
    if let associations {
      let counts = try counts("SELECT method, status, count(*)::BIGINT FROM association GROUP BY ALL")
      matching.append(
        Manifest.Matching(
          source: AssociationMatching.source, superseded: associations.superseded, counts: counts,
          decisions: try associations.file.fingerprint))
      reviews.append(associations.file.updated(with: table.reviewRows(AssociationMatching.source)))
    }
    for item in lists.items {
      let source = "list/\(item.list)"
      let counts = try counts(
        "SELECT method, status, count(*)::BIGINT FROM match WHERE source = \(sqlText(source)) GROUP BY ALL")
      let file = lists.reviews[item.list]
      matching.append(
        Manifest.Matching(source: source, superseded: 0, counts: counts, decisions: try file?.fingerprint))
      if let file { reviews.append(file.updated(with: table.reviewRows(source))) }
    }
    matching.sort { $0.source < $1.source }
  }

  private func counts(_ sql: String) throws -> [(method: String, status: String, count: Int)] {
    try stage.store.rows(sql).map { ($0[0].text, $0[1].text, $0[2].integer ?? 0) }
  }
}
