package import Filesystem
import Registers
package import Territory

extension TerritoryBook {
  /// The territories with the history of communes that an observatory has imported, if it has.
  package init(_ installation: Installation, _ observatory: Observatory?) throws {
    guard let observatory, let item = try SourceArchive(observatory, tolerant: true).newest(.communes) else {
      try self.init(installation)
      return
    }
    let file = try FrenchMovements(item.open())
    try self.init(installation, movements: file.movements, former: file.former)
  }
}
