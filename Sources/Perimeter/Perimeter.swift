// Perimeter
