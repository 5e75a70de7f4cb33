import Arguments
import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Warehouse
import Wording

extension Command {
  static let build = Command(
    name: "build",
    syntax: Syntax(
      [],
      [
        .init("release", "NAME"), .init("perimeter", "ID"), .init("year", "2024"),
        .init("option", "PERIMETER:NAME=VALUE", repeated: true),
      ])
  ) { session, arguments in
    var observatory = try session.observatory(arguments)
    for text in arguments.all("option") {
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      let setting = (parts.last ?? "").split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, setting.count == 2 else {
        throw arguments.bad("option", text, "fr-flores-2018:sica=off")
      }
      _ = try PerimeterBook(share: session.installation.share, session.nomenclatures()).perimeter(parts[0])
      observatory.settings.options[parts[0], default: [:]][setting[0]] = setting[1]
    }
    let bar = ProgressBar(session.words)
    let built = try make(session, observatory, arguments) {
      bar.update($0 == "cube" ? session.words("progress.cube") : $0, $1)
    }
    let manifest = built.manifest
    bar.finishLine()
    try Output.line(
      session.words(
        "build.done",
        [
          "release": manifest.name, "units": session.words.number(manifest.use.units),
          "establishments": session.words.number(manifest.use.establishments),
          "cells": session.words.number(manifest.files.first { $0.file == "cube.parquet" }?.rows ?? 0),
        ]))
    let made = built.pieces.filter { !$0.isReused }.map(\.name)
    if made.count < built.pieces.count {
      Terminal.say(
        session.words(
          made.isEmpty ? "build.nothing_new" : "build.pieces",
          ["reused": session.words.number(built.pieces.count - made.count), "made": made.joined(separator: ", ")]))
    }
    if let dates = manifest.sireneDates { Terminal.say(describe(dates, session.words)) }
    if manifest.use.lacksUnits {
      let (count, all) = (manifest.use.withoutUnit, manifest.use.establishments)
      Terminal.say(
        session.words(
          "build.lacks_units", ["count": session.words.number(count), "all": session.words.number(all)]))
    }
    for one in manifest.matching {
      if let count = one.unknownNumbers {
        Terminal.say(
          session.words("build.unknown_numbers", ["source": one.source, "count": session.words.number(count)]))
      }
      guard let count = one.statuses["doubtful"], count > 0 else { continue }
      let name = one.source.split(separator: "/").last.map(String.init) ?? one.source
      Terminal.say(
        session.words("build.review", ["source": one.source, "count": session.words.number(count), "name": name]))
    }
    return 0
  }

  static func make(
    _ session: Session, _ observatory: Observatory, _ arguments: Arguments, progress: (String, Double) throws -> Void
  ) throws -> Builder.Built {
    let engine = try session.openEngine()
    let book = try session.nomenclatures()
    if let id = arguments["perimeter"] { _ = try session.perimeter(id, book, observatory) }
    let books = RuleBooks(
      book, try session.perimeters(book, observatory), try session.territories(observatory))
    var request = Builder.Request()
    request.name = arguments["release"]
    if let name = request.name, !isReleaseName(name) {
      throw arguments.bad("release", name, "2026-03")
    }
    request.perimeter = arguments["perimeter"]
    request.stockYear = try arguments.integer("year", in: 1900...2200)
    return try Builder(observatory, books, share: session.installation.share, engine: engine)
      .make(request, progress: progress)
  }

  /// Letters, digits, dashes, dots: a name that is a folder everywhere, and never an option or the link `current`.
  private static func isReleaseName(_ name: String) -> Bool {
    let (letters, others) = ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "-_.")
    guard let first = name.first, letters.contains(first), name != "current" else { return false }
    return name.utf8.count <= 100 && name.allSatisfy { (letters + others).contains($0) }
  }
}
