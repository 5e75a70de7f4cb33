package import Filesystem
import Registers
package import Territory

extension TerritoryBook {
  /// The territories with the history of communes and the territories made to measure that an observatory has.
  package init(_ installation: Installation, _ observatory: Observatory?) throws {
    let made = observatory.map { ["\($0.path)/territories"] } ?? []
    guard let observatory, let item = try SourceArchive(observatory, tolerant: true).newest(.communes) else {
      try self.init(installation, made: made)
      return
    }
    let file = try FrenchMovements(item.open())
    try self.init(installation, movements: file.movements, former: file.former, made: made)
  }
}
