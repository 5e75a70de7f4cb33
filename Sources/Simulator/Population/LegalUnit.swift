/// A legal unit of the French register, before it is written.
struct LegalUnit: BitwiseCopyable {
  let key: UInt64
  let siren: Int
  var form: Int
  let group: Int
  var activity: Int
  let place: Int
  let created: Int
  /// The day it ceased, or nothing.
  var closed: Int?
  let employs: Bool
  /// Of the calibration, as an employer; of those that do not employ, that of most units of the form.
  let family: Int
  let hidden: Bool
  /// Closed establishments before the present head office, and others after it.
  var moves: Int
  var branches: Int

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
  /// Factor of what its jobs lack to a full time.
  var hours = 1.0

  enum Location: UInt8, BitwiseCopyable { case inCommune, overseas, abroad }
}
