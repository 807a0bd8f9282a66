<?php
// Prints, as JSON, what sabre/vobject reads in an iCalendar file: one object for each VEVENT.
//
//     php read.php FILE.ics
//
// It is the parser in Nextcloud and many servers, here as Debian's php-sabre-vobject: its version 2
// gives text as it stands in the file, so the four escapes are undone here. Exit code 3 where it is
// not installed.

error_reporting(E_ALL & ~E_DEPRECATED); // a release older than this PHP

spl_autoload_register(function ($name) {
    $file = '/usr/share/php/' . str_replace('\\', '/', $name) . '.php';
    if (is_file($file)) {
        require $file;
    }
});
if (!class_exists('Sabre\VObject\Reader')) {
    exit(3);
}

function when($property)
{
    if ($property === null) {
        return null;
    }
    $moment = $property->getDateTime();
    if (strpos((string) $property, 'T') === false) {
        return $moment->format('Y-m-d');
    }
    return $moment->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s\Z');
}

function text($property)
{
    return $property === null
        ? null
        : strtr((string) $property, ['\\\\' => '\\', '\\,' => ',', '\\;' => ';', '\\n' => "\n"]);
}

$calendar = Sabre\VObject\Reader::read(file_get_contents($argv[1]));
$events = [];
foreach ($calendar->select('VEVENT') as $event) {
    $events[] = [
        'uid' => text($event->UID),
        'start' => when($event->DTSTART),
        'end' => when($event->DTEND),
        'status' => text($event->STATUS),
        'summary' => text($event->SUMMARY),
        'location' => text($event->LOCATION),
    ];
}
echo json_encode($events, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR), "\n";
