internal import Diagnostics
internal import Filesystem
package import Geometry
internal import Nomenclature
package import Outlines
internal import Registers
package import Territory

/// What is needed to read a file of outlines: how, and with what to match its features.
package struct BoundaryRequest: Sendable {
  package var options: BoundaryReading.Options
  let book: TerritoryBook
  let envelopes: Envelopes
  let environment: [String: String]

  package init(
    _ options: BoundaryReading.Options, _ book: TerritoryBook, _ envelopes: Envelopes, environment: [String: String]
  ) {
    (self.options, self.book, self.envelopes, self.environment) = (options, book, envelopes, environment)
  }

  package func file(_ path: String) -> LayerFile { LayerFile(path, environment: environment) }

  /// The account of the file: its features are its rows.
  func inspect(_ path: String, _ progress: (Double) throws -> Void) throws -> Inspection {
    let reading = try BoundaryReading(file(path), options, book, envelopes) { try progress($0 * 0.8) }
    guard reading.keptCount > 0 || reading.findings.contains(where: { Self.reason($0.reason).isRejection }) else {
      throw Problem("boundaries.nothing", at: Place(file: path), ["read": "#\(reading.readCount)"])
    }
    var account = Reconciliation()
    account.read = reading.readCount
    account.kept = reading.keptCount
    for finding in reading.findings {
      let reason = Self.reason(finding.reason)
      if reason.isRejection {
        account.reject(RejectedRow(line: finding.line, reason: reason, source: finding.text))
      } else {
        account.leaveOut(reason)
      }
    }
    let outlines = CommuneOutlines(reading.pieces, of: reading.column.country, book)
    let fit = try OutlineFit(outlines, pieces: reading.pieces.map(\.shape))
    let remarks = [
      "boundaries_repaired": reading.repairedCount, "boundaries_carried": reading.carriedCount,
      "boundaries_missing": outlines.missing(book).count, "boundaries_gaps": fit.gaps,
      "boundaries_overlaps": fit.overlapHectares,
    ]
    account.remarks = remarks.filter { $0.value > 0 }
    var inspection = Inspection(accounts: [(Folder.name(of: path), account)])
    inspection.kind = reading.column.country.rawValue.lowercased()
    inspection.reading = Self.recorded(options)
    try progress(1)
    return inspection
  }

  private static func reason(_ reason: BoundaryReading.Reason) -> RowReason {
    switch reason {
    case .abroad: .abroad
    case .part: .part
    case .code: .code
    case .divided: .divided
    case .incomplete: .incomplete
    case .duplicate: .duplicate
    case .geometry: .geometry
    }
  }

  // MARK: - The options in a receipt

  static func recorded(_ options: BoundaryReading.Options) -> [String: String]? {
    var said: [String: String] = [:]
    said["column"] = options.column
    said["epsg"] = options.epsg.map(String.init)
    said["layer"] = options.layer
    return said.isEmpty ? nil : said
  }

  static func options(_ said: [String: String]?) -> BoundaryReading.Options {
    BoundaryReading.Options(
      column: said?["column"], epsg: said?["epsg"].flatMap { Int($0) }, layer: said?["layer"])
  }
}
