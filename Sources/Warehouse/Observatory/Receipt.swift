package import Registers

/// What was imported, filed beside the file itself: sources/SOURCE/VINTAGE/receipt.json.
package struct Receipt: Codable, Sendable, Equatable {
  package var source: String
  package var vintage: String
  /// The year that the figures of the file speak of.
  package var year: Int?
  package var simulated: Bool
  /// What was simulated, where the account of the simulation stood beside the file.
  package var simulation: Simulation?
  /// How the file is read, where somebody had to say it; nil for most sources.
  package var reading: [String: String]?
  package var files: [FileAccount]
  /// Of a list: the name by which perimeters know it.
  package var list: String?
  /// Of a list: which column holds what, as it was when the list was imported.
  package var columns: [String: String]?

  /// The only year of the file that counts, where somebody asked for one.
  package var wantedYear: Int? { reading?["year"].flatMap { Int($0) } }

  /// How large a simulation is, and the territories that it holds.
  package struct Simulation: Codable, Sendable, Hashable {
    package var scale: Double
    package var codes: [String]

    package init(scale: Double, codes: [String]) {
      self.scale = scale
      self.codes = codes
    }
  }
}

/// The account of one table: every row read is kept, out of scope or rejected.
package struct FileAccount: Codable, Sendable, Equatable {
  /// The name of the file on the disk.
  package var file: String
  /// The table inside, where the file holds several (a zip of the KBO).
  package var table: String?
  package var source: String
  package var vintage: String
  package var sha256: String
  package var bytes: Int
  package var read: Int
  package var kept: Int
  package var outOfScope: Int
  package var outOfScopeByReason: [String: Int]
  package var rejected: Int
  package var rejectedByReason: [String: Int]
  package var remarks: [String: Int]

  enum CodingKeys: String, CodingKey {
    case file, table, source, vintage, sha256, bytes, read, kept, rejected, remarks
    case outOfScope = "out_of_scope"
    case outOfScopeByReason = "out_of_scope_by_reason"
    case rejectedByReason = "rejected_by_reason"
  }

  package init(
    file: String, table: String? = nil, source: String, vintage: String, sha256: String, bytes: Int,
    _ account: Reconciliation
  ) {
    self.file = file
    self.table = table
    self.source = source
    self.vintage = vintage
    self.sha256 = sha256
    self.bytes = bytes
    read = account.read
    kept = account.kept
    outOfScope = account.outOfScopeCount
    outOfScopeByReason = account.outOfScope
    rejected = account.rejectedCount
    rejectedByReason = account.rejected
    remarks = account.remarks
  }

  /// `archive › table`, for people.
  package var label: String { table.map { "\(file) › \($0)" } ?? file }

  package var isBalanced: Bool { read == kept + outOfScope + rejected }
}
