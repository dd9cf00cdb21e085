"""Pictures, made smaller where the machine has what it takes."""


def smaller(path):
    import cv2

    return cv2.resize(cv2.imread(path), (64, 64))


def on_windows():
    import win32com.client

    return win32com.client.Dispatch("Shell.Application")


def name(path):
    return path.rpartition("/")[2]
