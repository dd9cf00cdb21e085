import matplotlib.pyplot

matplotlib.pyplot.plot([1, 2])
