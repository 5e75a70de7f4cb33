import Console

/// The program. Apart from the rest, so that it alone is linked with Swift's own libraries inside (see Package.swift).
@main
enum Essor {
  static func main() { Console.main() }
}
