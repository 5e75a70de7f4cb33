/// A legal unit of the French register, before it is written.
struct LegalUnit: BitwiseCopyable {
  let key: UInt64
  let siren: Int
  let form: Int
  let group: Int
  let activity: Int
  let place: Int
  let created: Int
  /// The day it ceased, or nothing.
  let closed: Int?
  let employs: Bool
  let hidden: Bool
  /// Closed establishments before the present head office, and others after it.
  let moves: Int
  let branches: Int

  var establishments: Int { moves + 1 + branches }
}

/// An establishment of a French unit.
struct Establishment: BitwiseCopyable {
  var key: UInt64 = 0
  var nic = 0
  var isHeadOffice = false
  var created = 0
  var closed: Int?
  var activity = 0
  var place = 0
  var location = Location.inCommune
  /// A position in `SizeBands`.
  var band = SizeBands.none
  /// At the end of the last year, or before it closed.
  var jobs = 0

  enum Location: UInt8, BitwiseCopyable { case inCommune, overseas, abroad }
}
